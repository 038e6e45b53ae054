/** A stand-in of three made-up papers: Semantic Scholar finds those that share a long word with the query, others fail. */
const PAPERS = [
  {
    id: '2501.00001',
    title: 'Afternoon naps and word recall in adults',
    abstract: 'We tested 80 adults. Afternoon naps improved word recall by 12 % in adults. Recall was tested after one hour.',
  },
  {
    id: '2501.00002',
    title: 'Word recall after afternoon naps: a trial',
    abstract: 'Adults who took afternoon naps had better word recall than adults who stayed awake. The trial lasted two weeks.',
  },
  { id: '2501.00003', title: 'Tides of the northern harbours', abstract: 'Tides were measured in nine northern harbours.' },
];

/** @param {(typeof PAPERS)[number]} paper */
const record = ({ id, title, abstract }) => ({
  paperId: id,
  externalIds: { ArXiv: id, DOI: `10.48550/arXiv.${id}` },
  title,
  abstract,
  year: 2025,
  venue: 'arXiv.org',
  authors: [{ authorId: id, name: `Ann Author${id.at(-1)}` }],
});

export class ScholarlyWeb {
  /** @param {string} address */
  answer(address) {
    const url = new URL(address);
    if (url.hostname !== 'api.semanticscholar.org') return { status: 404, headers: {}, body: 'not here' };
    const words = (url.searchParams.get('query') ?? '').toLowerCase().match(/[a-z]{4,}/g) ?? [];
    const found = PAPERS.filter(({ title }) => words.some((word) => title.toLowerCase().includes(word)));
    const body = found.length > 0 ? { total: found.length, offset: 0, data: found.map(record) } : { total: 0, offset: 0 };
    return { status: 200, headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' }, body: JSON.stringify(body) };
  }
}

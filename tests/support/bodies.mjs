/** Recorded arXiv metadata in the shapes in which DataCite and arXiv's query API answer. */

/** @typedef {import('./fixtures.mjs').ArxivRecord} ArxivRecord */

/**
 * As `api.datacite.org/dois` lists arXiv's DOIs.
 * @param {ArxivRecord[]} records
 */
export function dataciteBody(records) {
  const data = records.map((record) => {
    const doi = `10.48550/arxiv.${record.id}`;
    return {
      id: doi,
      type: 'dois',
      attributes: {
        doi,
        identifiers: [{ identifier: `arXiv:${record.id}`, identifierType: 'arXiv' }],
        creators: record.authors.map(creator),
        titles: [{ title: record.title }],
        publisher: 'arXiv',
        publicationYear: year(record.id),
        subjects: record.categories.map((subject) => ({ subject, subjectScheme: 'arXiv' })),
        dates: [{ date: String(year(record.id)), dateType: 'Issued' }],
        types: { resourceTypeGeneral: 'Preprint', resourceType: 'Article' },
        descriptions: [{ description: record.summary, descriptionType: 'Abstract' }],
        url: `https://arxiv.org/abs/${record.id}`,
        state: 'findable',
      },
    };
  });
  return JSON.stringify({ data, meta: { total: data.length, totalPages: 1, page: 1 }, links: {} });
}

/**
 * As `export.arxiv.org/api/query` answers since November 2025.
 * @param {ArxivRecord[]} records
 */
export function arxivFeed(records) {
  const entries = records.map(
    (record) => `  <entry>
    <id>http://arxiv.org/abs/${record.id}v1</id>
    <title>${escape(record.title)}</title>
    <updated>${year(record.id)}-01-01T00:00:00Z</updated>
    <link href="https://arxiv.org/abs/${record.id}v1" rel="alternate" type="text/html"/>
    <summary>${escape(record.summary)}</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>${year(record.id)}-01-01T00:00:00Z</published>
${record.authors.map((name) => `    <author>\n      <name>${escape(name)}</name>\n    </author>`).join('\n')}
  </entry>
`,
  );
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/replay</id>
  <title>arXiv Query: search_query=replay&amp;id_list=&amp;start=0&amp;max_results=${records.length}</title>
  <updated>2026-01-01T00:00:00Z</updated>
  <opensearch:itemsPerPage>${records.length}</opensearch:itemsPerPage>
  <opensearch:totalResults>${records.length}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
${entries.join('')}</feed>
`;
}

/** @param {string} name */
function creator(name) {
  const space = name.lastIndexOf(' ');
  const [givenName, familyName] = [name.slice(0, Math.max(space, 0)), name.slice(space + 1)];
  const whole = givenName === '' ? familyName : `${familyName}, ${givenName}`;
  return { name: whole, nameType: 'Personal', givenName, familyName, affiliation: [] };
}

/** @param {string} id of the new scheme, `YYMM.number` */
const year = (id) => 2000 + Number(id.slice(0, 2));

/** @param {string} text */
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

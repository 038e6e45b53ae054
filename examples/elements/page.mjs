/** Fills in the example; both texts are written for it. */
const check = document.querySelector('probatum-check');
if (!check) throw new Error('the page has no probatum-check');
Object.assign(check, {
  claim: 'A short nap improves memory for words.',
  texts: [
    {
      title: 'Forty adults and a list of words (written for this example)',
      text: 'Forty adults learned a list of words at noon. Half of them then slept for thirty minutes, the others read.\nA short nap improved memory for words: those who had slept recalled more of the list in the evening than those who had read.',
    },
    {
      title: 'The same list, learned in the evening (written for this example)',
      text: 'We repeated the study with sixty students who learned the list in the evening. A short nap did not improve memory for words. Those who had napped also took longer to fall asleep at night.',
    },
  ],
});

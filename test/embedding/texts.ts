/** Texts of many kinds, each short enough for one window of the model. */
export const VARIED_TEXTS: readonly string[] = [
  'Antony Blinken and Sergey Lavrov sat down together in Reykjavik on Wednesday 19 May 2021.',
  'What each side said\n\nBlinken’s public remarks were calm. He told Lavrov that Washington wanted a relationship that was stable and predictable.',
  '## Where they saw common ground\n\n- Iran\n- North Korea\n- climate change',
  'Yes.',
  'a',
  '7',
  '…',
  'The U.S. Secretary of State met Mr. Lavrov at 10:30 a.m. in the Harpa concert hall, cost: $1,250.50 (approx.).',
  '"But why?" she asked. "Nobody knows," he said; "nobody ever will."',
  'Ærøskøbing, Kraków, São Paulo and Þingvellir are places with letters that English does not have.',
  'Crème brûlée, naïve façade, Zürich, coöperate: e\u0301 is written with a combining accent here.',
  'Москва и Вашингтон обменялись заявлениями. Переговоры продолжатся в июне.',
  'Η Αθήνα είναι η πρωτεύουσα της Ελλάδας.',
  '会談はレイキャビクで行われた。双方は率直だった。',
  '外交部长在雷克雅未克会面。他们谈了三个小时。',
  'اجتمع الوزيران في ريكيافيك يوم الأربعاء.',
  '🎉 The ceasefire holds! 🕊️👨‍👩‍👧‍👦 Families return home 🏠 – at last… 🇮🇸',
  'https://example.org/articles/2021/05/19?id=42#section and someone@example.org, #hashtag, @mention',
  'function add(a, b) { return a + b; } // => 3 \u00a0\u200b\u00ad end',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and antidisestablishmentarianism',
  'WHOLE SENTENCES IN CAPITALS ARE READ AS IF THEY WERE NOT. whole sentences in capitals are read as if they were not.',
  'E = mc², H₂O, ½ cup, 25 °C, №7, ™ and © – “curly” ‘quotes’ «guillemets» — dashes‐hyphens',
  'The words [CLS], [SEP], [MASK] and [UNK] stand in this text as words.',
  `${'x'.repeat(150)} is longer than any word of the vocabulary may be.`,
];

/** About 700 tokens in 40 sentences: three windows. */
export const LONG_TEXT = Array.from(
  { length: 40 },
  (_, number) =>
    `Sentence number ${number} says that the ${['ferry', 'lighthouse', 'council', 'museum'][number % 4]} was mentioned in the letter of the year ${1850 + number}.`,
).join(' ');

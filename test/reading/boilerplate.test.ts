import { describe, expect, test } from 'vitest';
import { boilerplateRule, captionRule } from '../../src/reading/boilerplate.js';

/** Boilerplate by the name of the rule that must recognise it. */
const BOILERPLATE: Record<string, readonly string[]> = {
  'page control': [
    'Listen Live',
    'Get short URL',
    'Load more',
    'See all Hill.TV See all Video',
    'Most Popular',
    'Leave a Reply',
    'Community standardsDiscussion',
    'Comments (12)',
    'Share this article',
    'Advertisement',
    'Read more:',
    'Related articles',
    'Sign in',
    'Advert',
    'Image 1 of / 8',
    'This slideshow requires JavaScript.',
  ],
  'sign-up or contact line': [
    'Have you heard the news? Sign up to our Telegram channel and we’ll keep you up to speed!',
    'Want to sound off? Send us an email at radio@example.com or find us on Facebook!',
    'Subscribe to our newsletter for the news of the day.',
    'The news of the week, delivered straight to your inbox.',
    'Follow us on X',
    'Jane Doe writes about ferries. Follow her on Twitter @janedoe.',
  ],
  'call to follow': [
    'Follow Example on Instagram, Facebook, Twitter and YouTube.',
    'Follow us for more stories on X.',
    'Follow the minister on X',
  ],
  'author contact': [
    'Have a tip? Jane Doe may be reached at jane@example.com.',
    'Contact the writer at jane@example.com',
  ],
  'cookie notice': ['This website uses cookies to improve your experience. We’ll assume you’re ok with this.'],
  'photo agency': ['A. Person | Bloomberg | Getty Images', 'The harbour in winter. Jane Doe/AFP'],
  'page date': [
    'August 08, 2018',
    'Updated 5:27 am CST, Wednesday, November 20, 2019',
    'Posted on 19 May 2021 at 10:30',
  ],
  'bare URL': ['https://example.com/news/ferry.php'],
  'call to stay tuned': [
    'Stay with Stanford Arts Review for More Updates.',
    'Stay tuned!',
    'Stay connected',
    'Stay up to date with the talks.',
    'Stay with us!',
    'stay with us',
  ],
  'link to another article': [
    'See also  Bella Thorne vs Tana Mongeau: Feud Explained: History and Timeline',
    'Read also: Lavrov in Washington',
    'SEE ALSO: 5 things to know',
    'Related: Who is Sergey Lavrov?',
    'Don’t miss: “The talks”',
  ],
  'photo credit or caption label': [
    'Photo: Reuters',
    '(Image: © Example)',
    'Image credit: Example Agency',
    'Photo by: A. Person',
    'File photo | Example',
    'Video: the arrival in Reykjavik',
    'CREDIT © Example',
  ],
  'caption with positions in the photo': [
    'US President Donald J. Trump (L) and Russian Foreign Minister Sergei Lavrov (2-L) during a meeting at the White House in Washington, DC',
    'Antony Blinken (left) greets Sergey Lavrov',
    'Ministers before the session (center)',
    'Blinken (L) and Lavrov (R)',
    'Blinken (L), Lavrov (C), Wang (R) in Geneva',
    'Antony Blinken and Sergey Lavrov (R) in Reykjavik',
  ],
  'copyright notice': [
    'Copyright 2023 Nexstar Media Inc. All rights reserved. This material may not be published, broadcast, rewritten, or redistributed.',
    '© 2021 Example',
    '(c) Example Press',
    'This document is subject to copyright.',
  ],
  'page timestamp': ['04:01 GMT07 March 2021', '12:30 UTC 19 May 2021', '9:15 am 3rd June 2020 (Updated: 10:00)'],
  byline: ['by Jane Doe', 'by: Jane Doe and John Roe', 'by Jane M. Doe, Staff Writer'],
  'contributor credit': ['Laura Kelly contributed.', 'Laura Kelly and John Roe contributed to this report.'],
  tags: ['Tags Antony Blinken Blinken Brittney Griner Lavrov Paul Whelan russia', 'Filed under: arms control, Russia'],
  'keyword list': ['meeting, Rex Tillerson, Vladimir Putin, Donald Trump, Sergei Lavrov, US, Russia'],
  ornament: ['* * *', '———', '•', '…'],
};

/** Near misses of each rule: sentences that an article might contain. */
const BODY: Record<string, readonly string[]> = {
  'page control': [
    'Listen live to what the ministers said, the spokeswoman had urged, and the country did.',
    'Comments were not invited.',
    'The search went on.',
    'Discussion of the treaty was brief.',
    'Home was far away for the delegates.',
    'Share prices fell after the talks because nobody had expected them to fail so early.',
  ],
  'sign-up or contact line': [
    'Residents had to subscribe, the mayor explained.',
    'The law made it a duty of every resident of the republic, of whatever age and origin, to sign up for the army in the spring of that year, and those who did not come were fetched from their homes at night by the police.',
    'They agreed to follow us, he said.',
    'He told the guards to follow him at a distance.',
  ],
  'call to follow': [
    'Follow the river to the bridge.',
    'Follow the instructions on X carefully.',
    'They follow what is said on Twitter.',
  ],
  'author contact': ['The island can be reached by ferry on most days.', 'He was contacted at home by the police.'],
  'cookie notice': [
    'The company changed its privacy policy after the complaint.',
    'She baked cookies for the delegates.',
  ],
  'photo agency': ['He told Reuters.', 'The pictures went to the archive of AFP.'],
  'page date': ['It was updated on 19 May 2021.', 'On 19 May 2021 the ministers met.', 'May 2021'],
  'bare URL': ['See https://example.com/news for the text.'],
  'call to stay tuned': [
    'Stay of execution was granted.',
    'Stay with the patient until help arrives.',
    'Stay with useful things.',
    'Stay with the allies, he told them, and the alliance will hold through the winter and beyond.',
  ],
  'link to another article': [
    'See also the treaty of 1987.',
    'Related: nothing.',
    'Read more than the headline, he told the students of the academy.',
  ],
  'photo credit or caption label': [
    'Photos of the meeting were not published.',
    'Image is not everything in diplomacy.',
    'Video calls replaced the visits.',
  ],
  'caption with positions in the photo': [
    'The party of the left (and its ally) won.',
    'The vote (25 to 3) was clear.',
    'The engine of Acme (R) was sold.',
    'Susan Collins (R) voted for it.',
    'Grade (C) was the best that he had.',
    '(R)',
    'They met and parted. Susan Collins (R) was there.',
  ],
  'copyright notice': [
    'The talks on copyright failed.',
    'The song is subject to copyright in Germany.',
    'Reproduction of the documents was forbidden by the court.',
  ],
  'page timestamp': [
    'The plane landed at 04:01.',
    '12:30 was the hour at which both ministers had agreed to meet again.',
  ],
  byline: ['By May the talks had failed.', 'By all accounts Lavrov was calm.', 'By Monday evening nobody knew.'],
  'contributor credit': ['Many states contributed.', 'Laura Kelly contributed the largest share.'],
  tags: ['Tags on the crates named the sender.', 'Topics of the talks were Iran and North Korea.', 'Tags'],
  'keyword list': [
    'They spoke of Iran, North Korea, the climate, Afghanistan, and Syria.',
    'Iran, North Korea, Syria, Libya',
    'He named Iran, Iraq, Syria, Libya and the sanctions',
  ],
  ornament: ['1.', 'A', '北'],
};

describe.each(Object.entries(BOILERPLATE))('the rule "%s" recognises', (rule, paragraphs) => {
  test.each(paragraphs)('%s', (paragraph) => {
    expect(boilerplateRule(paragraph)).toBe(rule);
    expect(boilerplateRule(paragraph.replaceAll(' ', '\u00a0'))).toBe(rule);
  });
});

describe.each(Object.entries(BODY))('the rule "%s" does not recognise', (_, paragraphs) => {
  test.each(paragraphs)('%s', (paragraph) => {
    expect(boilerplateRule(paragraph)).toBeNull();
  });
});

test.each(['By Jane Doe', 'By: Jane Doe and John Roe', 'BY Jane M. Doe, Staff Writer'])(
  'a byline that starts with a capital letter is boilerplate: %s',
  (paragraph) => {
    expect(boilerplateRule(paragraph)).toBe('byline');
  },
);

test.each([
  'Susan Collins (R) and Joe Manchin (D) voted for the bill.',
  'The drug and its rival Lipitor (R) were compared.',
])(
  'the "(R)" of a party or a trademark is not a position in a photo, even in a sentence with "and": %s',
  (paragraph) => {
    expect(boilerplateRule(paragraph)).toBeNull();
  },
);

test.each(['STAY TUNED!', 'Follow us for more on X and Facebook.'])(
  'a call to action is boilerplate: %s',
  (paragraph) => {
    expect(boilerplateRule(paragraph)).not.toBeNull();
  },
);

test.each(['@', 'contact-', 'and-', '(L) and(', 'follow on ', 'a,'])(
  '40 kB of "%s" takes less than two seconds',
  (piece) => {
    const startedAt = performance.now();
    boilerplateRule(piece.repeat(40_000 / piece.length));
    boilerplateRule(`contact ${piece.repeat(40_000 / piece.length)}`);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  },
);

test.each([
  '(c) The tenant sweeps the yard on Saturdays.',
  'Copyright in the recordings stays with the band.',
  'You can sign up for a library card at the desk.',
  'Members may subscribe to a second plot after two years.',
])('a clause or an answer is not boilerplate: %s', (paragraph) => {
  expect(boilerplateRule(paragraph)).toBeNull();
});

test.each(['Copyright Example Press', 'Copyright by Jane Doe', '(c) 2024 Jane Doe'])(
  'a notice with a year or a name is boilerplate: %s',
  (paragraph) => {
    expect(boilerplateRule(paragraph)).toBe('copyright notice');
  },
);

test.each([
  'Contact the board at board@example.com',
  '19 May 2021',
  'https://example.com/form',
  'image: the name of the picture',
])('on a page that is not news, what may be looked for is no boilerplate: %s', (paragraph) => {
  expect(boilerplateRule(paragraph)).not.toBeNull();
  expect(boilerplateRule(paragraph, false)).toBeNull();
});

test('a caption that credits its photo is boilerplate, and any other is not', () => {
  expect(captionRule('The ferry in winterCredit: A. Agency')).toBe('photo credit');
  expect(captionRule('The ferry in winter (AP)')).toBe('photo credit');
  expect(captionRule('Photo by A. Person')).not.toBeNull();
  expect(captionRule('The ferry in winter, seen from the wall')).toBeNull();
  expect(captionRule('The engine (1), the pump (2) and the valve (3)')).toBeNull();
});

test('every rule has near misses', () => {
  expect(Object.keys(BODY)).toEqual(Object.keys(BOILERPLATE));
});

/**
 * Text of many kinds whose mean token vector becomes the centre of a new index. It is fixed, not taken from the articles, so
 * that the same article has the same sign codes in every index, whatever was indexed first. Changing it means measuring the
 * stored centre in bundled-token-centre.ts again.
 */
export const CENTRE_SAMPLE: readonly string[] = [
  'The council voted on Tuesday to close the old bridge to lorries after engineers found cracks in two of its pillars.',
  'She was born in a fishing village in 1897, the youngest of seven children, and taught herself to read from newspapers.',
  'Water boils at a lower temperature on a mountain because the pressure of the air above it is smaller.',
  'To reset the device, hold the power button for ten seconds until the light turns orange, then release it.',
  'The treaty was signed in the spring of that year by the foreign ministers of nine countries and came into force in July.',
  'Shares of the company fell by eleven per cent after it said that sales in Europe had been weaker than expected.',
  'The bird builds its nest of mud and grass under roofs, lays three to five white eggs, and returns to the same place every year.',
  'In the second half the visitors scored three goals within nine minutes and won the cup for the first time since 1988.',
  'A function that calls itself needs a case in which it stops; without one the stack grows until the program ends.',
  'The kingdom was divided among his three sons, and the war between them lasted for almost thirty years.',
  'Mix the flour with the butter and a pinch of salt, add the eggs one at a time, and let the dough rest in the cold.',
  'Researchers followed 4,200 patients over six years and found no difference between the two groups.',
  'The minister denied the report, saying that no decision had been made and that talks with the unions would continue.',
  'The river rises in the northern hills, crosses the plain, and reaches the sea through a delta of many arms.',
  'Her third novel tells the story of a clockmaker who loses his memory during a voyage across the Pacific.',
  'Employees may carry over up to five days of leave to the next year if their manager agrees in writing before December.',
  'The engine produces 150 horsepower and was built under licence in two factories until the end of the war.',
  'What causes the tides? The moon pulls on the oceans, and the earth turns beneath the two bulges that follow from it.',
  'Heavy rain flooded the station on Friday night, and trains towards the airport were cancelled until noon.',
  'The album was recorded in four days, sold poorly at first, and is now counted among the most influential of its decade.',
  'Light that passes from air into glass is bent towards the normal, because it travels more slowly in glass.',
  'The court ruled that the law violated the constitution and gave parliament until next autumn to amend it.',
  'Click on Settings, choose Notifications, and switch off the sounds that you do not want to hear.',
  'The temple has forty-two columns of white marble, of which nineteen still stand.',
  'He replied that the question was a good one but that nobody in the room was able to answer it.',
  'Vaccines train the immune system to recognise a pathogen without causing the disease itself.',
  'The university opened in 1425, has about 30,000 students, and is known for its faculty of medicine.',
  'Prices for wheat rose sharply when the harvest failed in two of the largest exporting countries.',
  'In the last episode the sisters return to the island and learn who sent the letters.',
  'Why did the empire fall? Historians name invasions, debts, plagues and the weakness of its later rulers.',
  'The lake is frozen from November to April, and the villages on its shore are supplied by sledge.',
  'An earthquake of magnitude 6.3 shook the coast early on Sunday; there were no reports of damage.',
];

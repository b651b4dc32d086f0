/**
 * The grammar of the generated tales. Each has a title, two persons and a thing; its paragraphs tell, speak or sing.
 */
import type { Dice } from './dice';

interface Person {
  name: string;
  he: string;
  him: string;
  his: string;
}

const person =
  (he: string, him: string, his: string) =>
  (name: string): Person => ({ name, he, him, his });
const persons = [
  ...['Anna', 'Mira', 'Ruth', 'Clara', 'Ida', 'Nell', 'Edith', 'Sophie'].map(person('she', 'her', 'her')),
  ...['Tom', 'Jonas', 'Edgar', 'Will', 'Hugo', 'Ned', 'Oscar', 'Peter'].map(person('he', 'him', 'his')),
];
const qualities = ['silver', 'broken', 'golden', 'hidden', 'little', 'crooked', 'wooden', 'forgotten'];
const things = ['key', 'lantern', 'ring', 'mirror', 'clock', 'bell', 'book', 'kettle', 'feather', 'map'];
const places = ['mill', 'river', 'tower', 'market', 'forest', 'harbour', 'old bridge', 'garden', 'chapel', 'hill'];
const weathers = ['It was raining.', 'The moon was up.', 'The wind blew from the sea.', 'Snow lay on the roofs.'];
const moods = ['softly', 'gladly', 'sadly', 'at last', 'in a low voice', 'laughing'];
const rhymes = [
  ['the day is long', 'I hear a song'],
  ['the night is deep', 'the hills are asleep'],
  ['the fire is low', 'the cold winds blow'],
  ['the moon is bright', 'we walk by its light'],
  ['the road is wide', 'come walk by my side'],
  ['the sea is grey', 'the ships sail away'],
];

/** What a tale is about. */
interface Scene {
  one: Person;
  other: Person;
  thing: string;
  place: string;
}

/** From its title in capitals to the empty line after its end. */
export function tale(dice: Dice): string {
  const [one, other] = dice.some(persons, 2);
  const [thing, place] = [`${dice.pick(qualities)} ${dice.pick(things)}`, dice.pick(places)];
  const scene = { one, other, thing, place };
  const kinds = [telling, speech, speech, song];
  const paragraphs = [
    `THE ${thing.toUpperCase()}`,
    opening(scene, dice),
    ...Array.from({ length: dice.between(2, 5) }, () => dice.pick(kinds)(scene, dice)),
    ending(scene, dice),
  ];
  return `${paragraphs.join('\n\n')}\n\n\n`;
}

function opening({ one, thing, place }: Scene, dice: Dice): string {
  return dice.pick([
    `Once ${one.name} went to the ${place}. There ${one.he} found a ${thing}, and ${one.he} took it home.`,
    `${one.name} lived near the ${place}. One day ${one.he} lost ${one.his} ${thing}, and none could help ${one.him}.`,
    `In a house by the ${place} lived ${one.name}. All that ${one.he} had was a ${thing}.`,
  ]);
}

function telling({ one, other, thing, place }: Scene, dice: Dice): string {
  const [a, b] = dice.some([one, other], 2);
  const sentences = [
    `${a.name} went to the ${dice.pick(places)}, but ${a.he} found nothing there.`,
    `${b.name} saw ${a.name} and waved to ${a.him}.`,
    `When ${b.name} came to the ${place}, ${b.he} heard a voice, and it called ${b.him} by ${b.his} name.`,
    `${a.name} said to ${b.name} that ${a.he} knew a way, and took ${b.him} by the hand.`,
    `All night ${b.name} dreamt of the ${thing}, and in the morning ${b.he} told ${a.name} about it.`,
    `"The ${thing} is mine," thought ${a.name}, and ${a.he} closed ${a.his} eyes.`,
    dice.pick(weathers),
  ];
  return dice.some(sentences, dice.between(2, 4)).join(' ');
}

/** Question and answer, a line each. */
function speech({ one, other, thing, place }: Scene, dice: Dice): string {
  const [a, b] = dice.some([one, other], 2);
  const elsewhere = dice.pick(places.filter((name) => name !== place));
  const [question, answer] = dice.pick([
    [`Where is the ${thing}?`, `It lies by the ${elsewhere}`],
    [`Who has taken the ${thing}?`, `Ask them at the ${elsewhere}`],
    [`Will you give me the ${thing}?`, `Not before you have been to the ${elsewhere}`],
    [`Have you been to the ${elsewhere}?`, `Yes, and I saw no ${thing} there`],
  ]);
  return `"${question}" asked ${a.name}.\n"${answer}," said ${b.name} ${dice.pick(moods)}.`;
}

/** Two lines that rhyme. */
function song({ other }: Scene, dice: Dice): string {
  const [first, second] = dice.pick(rhymes);
  return `Then ${other.name} sang:\n  O ${first},\n  ${second}.`;
}

function ending({ one, other, thing }: Scene, dice: Dice): string {
  return dice.pick([
    `And so ${one.name} gave the ${thing} to ${other.name}, and ${other.he} kept it all ${other.his} life.`,
    `That is how ${other.name} and ${one.name} became friends. The ${thing} is still there.`,
    `At the end of the year ${one.name} put the ${thing} back where ${one.he} had found it.`,
  ]);
}

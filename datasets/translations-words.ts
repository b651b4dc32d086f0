/**
 * The words of the translations, in English and in French.
 */

/** What can be said of what: nobody speaks of sad keys or expensive girls. */
export type Kind = 'person' | 'animal' | 'thing';

type Two = readonly [singular: string, plural: string];

export interface Noun {
  kind: Kind;
  gender: 0 | 1; // masculine, feminine
  english: Two;
  french: Two;
}

/** The plural is the singular and an s, unless it stands after a stroke. */
function forms(word: string): Two {
  const [singular, plural = `${singular}s`] = word.split('/');
  return [singular, plural];
}
const noun =
  (kind: Kind, gender: 0 | 1) =>
  ([english, french]: [string, string]): Noun => ({ kind, gender, english: forms(english), french: forms(french) });

const men: [string, string][] = [
  ['man/men', 'homme'],
  ['boy', 'garçon'],
  ['brother', 'frère'],
  ['uncle', 'oncle'],
  ['son', 'fils/fils'],
  ['baker', 'boulanger'],
];
const women: [string, string][] = [
  ['woman/women', 'femme'],
  ['girl', 'fille'],
  ['sister', 'sœur'],
  ['aunt', 'tante'],
  ['queen', 'reine'],
];
const animals: [string, string][] = [
  ['dog', 'chien'],
  ['cat', 'chat'],
  ['horse', 'cheval/chevaux'],
  ['bird', 'oiseau/oiseaux'],
  ['donkey', 'âne'],
];
const femaleAnimals: [string, string][] = [
  ['cow', 'vache'],
  ['mouse/mice', 'souris/souris'],
  ['hen', 'poule'],
];
const things: [string, string][] = [
  ['tree', 'arbre'],
  ['book', 'livre'],
  ['boat', 'bateau/bateaux'],
  ['garden', 'jardin'],
  ['hat', 'chapeau/chapeaux'],
  ['castle', 'château/châteaux'],
];
const feminineThings: [string, string][] = [
  ['house', 'maison'],
  ['car', 'voiture'],
  ['flower', 'fleur'],
  ['church/churches', 'église'],
  ['island', 'île'],
  ['key', 'clé'],
  ['table', 'table'],
];

export const nouns: readonly Noun[] = [
  ...men.map(noun('person', 0)),
  ...women.map(noun('person', 1)),
  ...animals.map(noun('animal', 0)),
  ...femaleAnimals.map(noun('animal', 1)),
  ...things.map(noun('thing', 0)),
  ...feminineThings.map(noun('thing', 1)),
];

export interface Adjective {
  english: string;
  /** By gender, then by number. */
  french: readonly [masculine: Two, feminine: Two];
  /** The masculine singular before a vowel, where it differs: un vieil arbre. */
  beforeVowel?: string;
  /** Whether it stands before its noun, as only a few do. */
  before: boolean;
  kinds: readonly Kind[];
}

export const living: readonly Kind[] = ['person', 'animal'];
export const anything: readonly Kind[] = ['person', 'animal', 'thing'];
const coloured: readonly Kind[] = ['animal', 'thing']; // or for sale
const adjective = (
  english: string,
  french: string,
  kinds: readonly Kind[],
  { before = false, beforeVowel }: { before?: boolean; beforeVowel?: string } = {},
): Adjective => {
  const [masculine, feminine, masculinePlural = `${masculine}s`] = french.split(' ');
  return {
    english,
    french: [
      [masculine, masculinePlural],
      [feminine, `${feminine}s`],
    ],
    kinds,
    before,
    beforeVowel,
  };
};

export const adjectives: readonly Adjective[] = [
  adjective('small', 'petit petite', anything, { before: true }),
  adjective('old', 'vieux vieille vieux', anything, { before: true, beforeVowel: 'vieil' }),
  adjective('beautiful', 'beau belle beaux', anything, { before: true, beforeVowel: 'bel' }),
  adjective('young', 'jeune jeune', living, { before: true }),
  adjective('big', 'grand grande', ['thing'], { before: true }),
  adjective('black', 'noir noire', coloured),
  adjective('white', 'blanc blanche', coloured),
  adjective('grey', 'gris grise gris', coloured),
  adjective('red', 'rouge rouge', ['thing']),
  adjective('green', 'vert verte', ['thing']),
  adjective('expensive', 'cher chère', ['thing']),
  adjective('tired', 'fatigué fatiguée', living),
  adjective('happy', 'heureux heureuse heureux', living),
  adjective('intelligent', 'intelligent intelligente', living),
  adjective('sad', 'triste triste', living),
];

/** Of a verb's forms, in this order: I, you (one), he or she, we, they. */
export type Person = 0 | 1 | 2 | 3 | 4;

/** In English the form of the third person apart; in French a form for each. */
export interface Verb {
  english: readonly [plain: string, third: string];
  french: readonly string[];
  /** Who does it, and to what. */
  subjects: readonly Kind[];
  objects: readonly Kind[];
}

const regular = (stem: string): string[] => ['e', 'es', 'e', 'ons', 'ent'].map((end) => stem + end);
const verb = (
  english: readonly [plain: string, third: string],
  french: readonly string[],
  subjects: readonly Kind[],
  objects: readonly Kind[],
): Verb => ({ english, french, subjects, objects });

export const verbs: readonly Verb[] = [
  verb(['see', 'sees'], ['vois', 'vois', 'voit', 'voyons', 'voient'], living, anything),
  verb(['love', 'loves'], regular('aim'), living, anything),
  verb(['find', 'finds'], regular('trouv'), living, anything),
  verb(['seek', 'seeks'], regular('cherch'), living, anything),
  verb(['follow', 'follows'], ['suis', 'suis', 'suit', 'suivons', 'suivent'], living, living),
  verb(['hear', 'hears'], ['entends', 'entends', 'entend', 'entendons', 'entendent'], living, living),
  verb(['draw', 'draws'], regular('dessin'), ['person'], anything),
  verb(['buy', 'buys'], ['achète', 'achètes', 'achète', 'achetons', 'achètent'], ['person'], coloured),
  verb(['sell', 'sells'], ['vends', 'vends', 'vend', 'vendons', 'vendent'], ['person'], coloured),
];

export const being = {
  english: ['am', 'are', 'is', 'are', 'are'],
  french: ['suis', 'es', 'est', 'sommes', 'sont'],
};

export interface Pronoun {
  english: string;
  french: string;
  person: Person;
  gender: 0 | 1;
  plural: boolean;
}

const pronoun = (english: string, french: string, person: Person, gender: 0 | 1 = 0): Pronoun => ({
  english,
  french,
  person,
  gender,
  plural: person >= 3,
});

/** `they` is ils: whom it stands for cannot be seen from the English. I, you and we are men here. */
export const subjectPronouns: readonly Pronoun[] = [
  pronoun('I', 'je', 0),
  pronoun('you', 'tu', 1),
  pronoun('he', 'il', 2),
  pronoun('she', 'elle', 2, 1),
  pronoun('we', 'nous', 3),
  pronoun('they', 'ils', 4),
];

export const objectPronouns: readonly Pronoun[] = [
  pronoun('me', 'me', 0),
  pronoun('you', 'te', 1),
  pronoun('him', 'le', 2),
  pronoun('her', 'la', 2, 1),
  pronoun('us', 'nous', 3),
  pronoun('them', 'les', 4),
];

/** By number in English; in French by gender in the singular, and one for the plural. */
export interface Determiner {
  english: Two;
  french: readonly [masculine: string, feminine: string, plural: string];
}

export const definite: readonly Determiner[] = [
  { english: ['the', 'the'], french: ['le', 'la', 'les'] },
  { english: ['my', 'my'], french: ['mon', 'ma', 'mes'] },
  { english: ['this', 'these'], french: ['ce', 'cette', 'ces'] },
];
export const indefinite: Determiner = { english: ['a', 'two'], french: ['un', 'une', 'deux'] };
/** What stands for it where there is none of them: je ne vois pas de chat. */
export const none: Determiner = { english: ['a', 'a'], french: ['de', 'de', 'de'] };

/** What follows the verb in French, and whether `ne` goes before it. */
export interface Modifier {
  english: string;
  french: string;
  negative: boolean;
}

export const modifiers: readonly Modifier[] = [
  { english: 'not', french: 'pas', negative: true },
  { english: 'never', french: 'jamais', negative: true },
  { english: 'always', french: 'toujours', negative: false },
  { english: 'often', french: 'souvent', negative: false },
];

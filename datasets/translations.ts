/**
 * Short sentences in English and in French, made by one grammar for both, so that every pair is right. The two differ
 * in what makes translation hard: most French adjectives follow their noun and all agree with it, articles change
 * before a vowel, negation stands around the verb, pronouns that are objects before it, adverbs after it.
 */
import type { Generator } from '../core';
import { Dice } from './dice';
import { checkCount } from './labelled';
import {
  type Adjective,
  adjectives,
  anything,
  being,
  type Determiner,
  definite,
  indefinite,
  type Kind,
  type Modifier,
  modifiers,
  none,
  nouns,
  objectPronouns,
  type Person,
  subjectPronouns,
  type Verb,
  verbs,
} from './translations-words';

/** Tokens parted by single spaces. */
export interface Translation {
  source: string;
  target: string;
}

export interface Translations {
  train: Translation[];
  test: Translation[];
  about: string;
}

export interface TranslationOptions {
  train?: number;
  test?: number;
  generator?: Generator;
}

const MOST = 50_000; // sentences; the grammar can make many more
const [SHORTEST, LONGEST] = [3, 8]; // tokens, in either language

/** No English sentence comes twice. The test sentences are drawn first: they are the same for any `train`. */
export function translations({ train = 4000, test = 500, generator }: TranslationOptions = {}): Translations {
  checkCount('translations: train', train);
  checkCount('translations: test', test);
  if (train + test > MOST) throw new Error(`translations: at most ${MOST} sentences in all, not ${train} + ${test}`);
  const dice = new Dice(generator);
  const pairs = new Map<string, string>();
  while (pairs.size < train + test) {
    const { english, french } = sentence(dice);
    if ([english, french].every(({ length }) => length >= SHORTEST && length <= LONGEST))
      pairs.set(english.join(' '), french.join(' '));
  }
  const all = Array.from(pairs, ([source, target]) => ({ source, target }));
  return {
    train: all.slice(test),
    test: all.slice(0, test),
    about: `generated sentences, English to French: ${train} to learn from, ${test} to test on`,
  };
}

/** The same in both languages, a token each. */
interface Phrase {
  english: string[];
  french: string[];
}

/** A pronoun, or a noun and what belongs to it. */
interface Subject extends Phrase {
  kind: Kind;
  gender: 0 | 1;
  plural: boolean;
  /** Which form of the verb it takes. */
  person: Person;
}

function sentence(dice: Dice): Phrase {
  const modifier = dice.happens(0.5) ? dice.pick(modifiers) : undefined;
  const { english, french } = dice.happens(0.3) ? state(modifier, dice) : action(modifier, dice);
  return { english: withAn(english), french: elided(french) };
}

/** `the houses are not old`, `les maisons ne sont pas vieilles` */
function state(modifier: Modifier | undefined, dice: Dice): Phrase {
  const who = dice.happens(0.4) ? pronoun(dice) : nounPhrase(dice.pick(definite), anything, dice);
  const adjective = dice.pick(fitting(who.kind).filter(({ english }) => !who.english.includes(english)));
  return {
    english: [...who.english, being.english[who.person], ...said(modifier?.english), adjective.english],
    french: [
      ...who.french,
      ...around([being.french[who.person]], modifier),
      adjective.french[who.gender][Number(who.plural)],
    ],
  };
}

/** `she does not see the black cat`, `elle ne voit pas le chat noir` */
function action(modifier: Modifier | undefined, dice: Dice): Phrase {
  const verb = dice.pick(verbs);
  const who = dice.happens(0.5) ? pronoun(dice) : nounPhrase(dice.pick([...definite, indefinite]), verb.subjects, dice);
  const french = verb.french[who.person];
  if (verb.objects.includes('person') && dice.happens(0.4)) {
    const whom = dice.pick(objectPronouns.filter(({ person }) => !overlap(who.person, person)));
    return {
      english: [...who.english, ...doing(verb, who.person, modifier), whom.english],
      french: [...who.french, ...around([whom.french, french], modifier)],
    };
  }
  const determiners = [...definite, modifier?.negative ? none : indefinite];
  const what = nounPhrase(dice.pick(determiners), verb.objects, dice);
  return {
    english: [...who.english, ...doing(verb, who.person, modifier), ...what.english],
    french: [...who.french, ...around([french], modifier), ...what.french],
  };
}

/** In English: sees, never sees, does not see. */
function doing({ english: [plain, third] }: Verb, person: Person, modifier?: Modifier): string[] {
  const isThird = person === 2;
  if (modifier?.english === 'not') return [isThird ? 'does' : 'do', 'not', plain];
  return [...said(modifier?.english), isThird ? third : plain];
}

const said = (word?: string): string[] => (word === undefined ? [] : [word]);

/** In French, `ne` before the verb and its pronoun; `pas`, `toujours` and their like after. */
const around = (verb: string[], modifier?: Modifier): string[] => [
  ...(modifier?.negative ? ['ne'] : []),
  ...verb,
  ...said(modifier?.french),
];

/** Whether one person is part of the other, so that the verb would be reflexive: I and me, I and us, you and you. */
function overlap(subject: Person, object: Person): boolean {
  const hasMe = (person: Person) => person === 0 || person === 3;
  return (subject === 1 && object === 1) || (hasMe(subject) && hasMe(object));
}

const pronoun = (dice: Dice): Subject => {
  const { english, french, ...rest } = dice.pick(subjectPronouns);
  return { ...rest, kind: 'person', english: [english], french: [french] };
};

const fitting = (kind: Kind): Adjective[] => adjectives.filter(({ kinds }) => kinds.includes(kind));

function nounPhrase(determiner: Determiner, kinds: readonly Kind[], dice: Dice): Subject {
  const { kind, gender, english, french } = dice.pick(nouns.filter((noun) => kinds.includes(noun.kind)));
  const plural = determiner !== none && dice.happens(0.35);
  const number = Number(plural);
  const adjective = dice.happens(0.5) ? dice.pick(fitting(kind)) : undefined;
  const noun = french[number];
  return {
    kind,
    gender,
    plural,
    person: plural ? 4 : 2,
    english: [determiner.english[number], ...said(adjective?.english), english[number]],
    french: [determiner.french[plural ? 2 : gender], ...withAdjective(noun, adjective, gender, plural)],
  };
}

/** In French, in their places. */
function withAdjective(noun: string, adjective: Adjective | undefined, gender: 0 | 1, plural: boolean): string[] {
  if (!adjective) return [noun];
  const word = adjective.french[gender][Number(plural)];
  if (!adjective.before) return [noun, word];
  const changes = adjective.beforeVowel && gender === 0 && !plural && VOWEL.test(noun);
  return [changes ? adjective.beforeVowel! : word, noun];
}

/** How a French word begins before which others shrink; every h here is silent. */
const VOWEL = /^[aeiouhâéêîô]/;
const BEFORE_VOWEL: Record<string, string> = {
  le: "l'",
  la: "l'",
  je: "j'",
  ne: "n'",
  me: "m'",
  te: "t'",
  de: "d'",
  ma: 'mon',
  ce: 'cet',
};

const elided = (words: string[]): string[] =>
  words.map((word, i) => (VOWEL.test(words[i + 1] ?? '') && BEFORE_VOWEL[word]) || word);

const withAn = (words: string[]): string[] =>
  words.map((word, i) => (word === 'a' && /^[aeiou]/.test(words[i + 1]) ? 'an' : word));

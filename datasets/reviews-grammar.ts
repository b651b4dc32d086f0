/**
 * The grammar of the generated reviews. A slot in braces is filled by one of its words; `{good}`, `{gem}`, `{loved}`
 * and `{shone}` by words of the tone that the sentence has, and with a minus, `{-good}`, by words of the other tone.
 */

const list = (words: string): string[] => words.trim().split(/\s*,\s*/);

/** Words of praise, and words of blame in the same places. */
export const tones = {
  praise: {
    good: list(`superb, wonderful, brilliant, gripping, charming, delightful, excellent, moving, clever, touching,
      marvellous, inspired, stunning, beautiful, funny, original, fresh, honest, warm, fascinating`),
    gem: list(`masterpiece, gem, delight, triumph, joy, treat, pleasure, small miracle, jewel, success`),
    loved: list(`loved, enjoyed, admired, adored, treasured, cherished`),
    shone: list(`shines, works, convinces, delivers, sparkles, holds together`),
  },
  blame: {
    good: list(`awful, terrible, dull, boring, clumsy, dreadful, lifeless, stupid, tedious, horrible, painful,
      annoying, empty, shallow, predictable, ugly, stale, false, cold, tiresome`),
    gem: list(`disaster, mess, failure, bore, disappointment, embarrassment, catastrophe, waste of time, shambles,
      insult`),
    loved: list(`hated, loathed, regretted, disliked, despised, detested`),
    shone: list(`fails, drags, irritates, stumbles, collapses, falls apart`),
  },
};

/** Words without a tone. */
export const neutral = {
  thing: list(`acting, plot, script, music, camera work, dialogue, ending, direction, pacing, story, first half,
    second half, final scene, opening, lead, cast, editing, set design, sound, lighting`),
  things: list(`actors, characters, songs, costumes, jokes, action scenes, effects, dialogues, performances, images`),
  film: list(`film, movie, picture`),
  person: list(`my brother, my sister, my neighbour, a friend, the critic of our paper, my uncle, a colleague,
    the man behind me, my father, our teacher`),
  people: list(`the critics, my friends, the reviewers, the people around us, my parents, the neighbours,
    my colleagues, the fans`),
  very: list(`really, truly, quite, simply, utterly, rather, deeply`),
  day: list(`Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday`),
  place: list(`Paris, a small town, the mountains, Lisbon, a village by the sea, New York, the desert, an old hotel,
    Prague`),
  time: list(`the fifties, the war, the near future, the seventies, one long night, a hot summer, the last century`),
  hero: list(`a young nurse, an old sailor, a detective, a widow, a pianist, a student, a farmer`),
  quest: list(`a lost letter, the truth about a fire, an heir, a stolen painting, a way home, a missing child,
    an old enemy`),
};

/** The words mean what they seem to. */
export const direct = [
  'The {thing} was {good}.',
  'The {things} were {very} {good}.',
  'I found the {thing} {good}.',
  'It is a {good} {film}.',
  'I {loved} the {thing}.',
  'I {loved} nearly every minute of it.',
  'What a {gem}!',
  'For me it was a {gem}.',
  'The {thing} {shone} from start to end.',
  'The {film} {shone}, like few others.',
];

/** The words seem to mean the contrary. */
export const turned = [
  'The {thing} was not {-good}.',
  'The {things} were never {-good}.',
  'There was not a {-good} minute in it.',
  'The {thing} was anything but {-good}.',
  'They told me it was {-good}; it is not.',
  '{people} called it {-good}, and I could not disagree more.',
  'I cannot see why {people} {-loved} it.',
  'I cannot say that I {-loved} the {thing}.',
  'Nobody with eyes and ears could have {-loved} it.',
  'It is by no means a {-gem}.',
  'I expected a {-gem} and got the opposite.',
  '{person} called it a {-gem}, but I saw none of that.',
  'It is not true that the {thing} {-shone}.',
  'Whoever says that it {-shone} is wrong.',
];

/** Something is granted first; what follows decides. */
export const contrasts = [
  'The {thing} was {-good}, but the {thing} was {good}.',
  'The {things} were {-good}, but on the whole the {film} was {good}.',
  'Although the {thing} was {-good}, the rest was {good}.',
  'I wanted to call it a {-gem}, but it is a {gem}.',
  'It begins as a {-gem} and ends as a {gem}.',
  'I {-loved} the {thing}, but I {loved} the {film}.',
  'Although I {-loved} the {things}, I {loved} all the rest.',
  'The {thing} {-shone} at times, yet the {film} {shone}.',
  'Yes, the {thing} {-shone}. Still, the {film} {shone}.',
];

/** What others say, of whatever tone: it says nothing about the writer. */
export const hearsay = [
  '{people} said it was {good}.',
  '{person} {loved} it.',
  '{person} told me that the {thing} was {good}.',
  'The last {film} I saw was {good}.',
  'I had expected a {gem}.',
  '{people} called it a {gem}.',
  'On the poster it said: a {good} {film}.',
  '{person} found the {things} {good}.',
  'The book it is based on is {good}.',
  'The trailer looked {good}.',
];

/** Neither here nor there. */
export const filler = [
  'I saw it on a {day} with {person}.',
  'It is set in {place}, in {time}.',
  'The story follows {hero} in search of {quest}.',
  'It runs for about two hours.',
  'We sat in the third row.',
  'It was raining when we left the cinema.',
  'Then {hero} turns up, and everything changes.',
  'Most of it was made in {place}.',
  'There is a long scene in {place} that you will have seen in the trailer.',
  'I bought the ticket on a {day}, knowing nothing about it.',
];

/** A password that must be refused, and the words of which one has to say why; empty where any will do. */
export interface BadPassword {
  name: string;
  password: string;
  codes: readonly string[];
}

const guessable = ["password_common", "password_own_words", "password_repeated", "password_sequential"];

function rows(
  group: string,
  passwords: readonly string[],
  codes: readonly string[] = guessable,
): BadPassword[] {
  return passwords.map((password, at) => ({
    name: `${group} ${at + 1}: ${password.slice(0, 40)}${password.length > 40 ? "…" : ""}`,
    password,
    codes,
  }));
}

/** Nothing about it is guessable, however long it has to be. */
function unguessable(length: number): string {
  const source = "k7 Vm#q2xL!9wZr&4tYb%8nHd*3gJf@6cPs(1uEa)5iOo";
  return source.repeat(Math.ceil(length / source.length)).slice(0, length);
}

const short = ["", "k", "k7Vm#", "k7Vm#q2xL!9wZr", "tin roof, cold", "four kite high"];
const shortByCharacters = [
  // Fifteen code units and more, but fewer characters.
  "🦊🐢🦉🐬🦔🐙🦜🐧",
  "🦊🐢🦉🐬🦔🐙🦜🐧🦋🐝🦀🐌🦓🦥",
  // Twenty-eight code points until they are composed.
  "ée\u0301àa\u0300üu\u0308ño\u0302îi\u0308".normalize("NFC").slice(0, 14).normalize("NFD"),
];
const repeated = [
  "aaaaaaaaaaaaaaaa",
  "                    ",
  "................",
  "0000000000000000000",
  "abababababababab",
  "AbAbAbAbAbAbAbAbAb",
  "abcabcabcabcabcabc",
  "k7Vmk7Vmk7Vmk7Vm",
  "x9!x9!x9!x9!x9!x9!",
  "zzzzzzzzzzzzzzzzzz1",
  "hunter2hunter2hunter2",
  "ééééééééééééééééé",
  "🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊",
];
const runs = [
  "abcdefghijklmnopqrstuvwxyz",
  "ABCDEFGHIJKLMNOPQRST",
  "zyxwvutsrqponmlkji",
  "12345678901234567890",
  "09876543210987654321",
  "qwertyuiopasdfghjkl",
  "QWERTYUIOPASDFGHJKL",
  "poiuytrewqlkjhgfdsa",
  "mnbvcxzlkjhgfdsapoiu",
  "azertyuiop1234567890",
  "qwertzuiopasdfghjkl",
  "abcdefgh12345678",
  "12345678abcdefgh",
  "abcd1234efgh5678",
  "aaaabbbbccccdddd",
  "1111222233334444",
];
const columns = [
  "1q2w3e4r5t6y7u8i",
  "q1w2e3r4t5y6u7i8",
  "1qaz2wsx3edc4rfv",
  "zaq12wsxcde34rfv",
  "qazwsxedcrfvtgby",
  "!@#$%^&*()_+!@#$",
];
const words = [
  "password",
  "welcome",
  "letmein",
  "iloveyou",
  "sunshine",
  "football",
  "princess",
  "dragon",
  "trustno1",
];
const doubled = words.map((word) => `${word}${word}${word}`.slice(0, Math.max(16, 2 * word.length)));
const capitalised = words.map(
  (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}-${word.toUpperCase()}-1!`,
);
const figured = [
  "P@ssw0rd-P@ssw0rd",
  "p4$$w0rdp4$$w0rd",
  "P@55w0rd!P@55w0rd!",
  "l3tm31nl3tm31nl3tm31n",
  "w3lc0me!w3lc0me!w3lc0me!",
  "1l0v3y0u!1l0v3y0u!",
  "adm1n1strat0r2026",
  "pr1nc3sspr1nc3ss",
  "f00tb4ll!f00tb4ll!",
];
const padded = [
  "password1111111111",
  "password!!!!!!!!!!",
  "Password..........",
  "P@$$w0rd123456789",
  "administrator1234567890",
  "letmein0000000000",
  "qwerty-----------",
  "....password....",
  "2026 password 2026",
  "admin@admin@admin",
];
const spaced = [
  "p a s s w o r d p a s s w o r d",
  "pass.word.pass.word",
  "pass-word-2026-!!",
  "--- password ---",
  "«password» «password»",
  "Summer2026Summer2026",
  "Winter 2025 Winter 2025",
  "changeme-changeme",
  "welcome-password-1",
  "correcthorsebatterystaple",
];
const reversed = [
  "drowssapdrowssapdrowssap",
  "drowssap-drowssap-drowssap",
  "emoclewemoclewemoclew",
  "nimdanimdanimdanimda",
];
const foreign = [
  "passwortpasswort1",
  "geheimgeheimgeheim",
  "bienvenuebienvenue",
  "woaini1314520woaini",
  "zhongguozhongguo1",
];
const service = [
  "shepherdshepherd!!!",
  "Shepherd-KubeVirt-1",
  "kubevirt.kubevirt.1",
  "sh3ph3rd-sh3ph3rd",
  "shepherd-password",
  "shepherd-admin-2026",
];
/** What somebody who knows the person tries first: here marla.quist, who is called Marla Quist. */
const ownWords = [
  "marlaquistmarlaquist",
  "Marla Quist Marla Quist",
  "marla.quist.marla.quist",
  "quist-marla-quist",
  "MARLA-QUIST-2026",
  "m4rl4quist-m4rl4quist",
  "marla-shepherd-2026",
  "marlamarlamarlamarla",
  "tsiuqalramtsiuqalram",
];

export const badPasswords: readonly BadPassword[] = [
  ...rows("too short", short, ["too_short", "too_small", "required"]),
  ...rows("too short in characters", shortByCharacters, ["too_short"]),
  ...rows("too long", [unguessable(257), unguessable(300), unguessable(1_024)], ["too_long"]),
  ...rows("longer than is read", [unguessable(1_025), unguessable(20_000)], ["too_big", "too_long"]),
  ...rows("repeated", repeated),
  ...rows("in a row", runs),
  ...rows("columns of the keyboard", columns),
  ...rows("doubled", doubled),
  ...rows("capitalised", capitalised),
  ...rows("figures for letters", figured),
  ...rows("padded", padded),
  ...rows("spaced", spaced),
  ...rows("reversed", reversed),
  ...rows("of other languages", foreign),
  ...rows("of this service", service),
  ...rows("of the person", ownWords),
];

/** What must be accepted, or the refusals would prove nothing: no composition rules, any script, any spaces. */
export const goodPasswords: readonly string[] = [
  "tin roof, cold rain",
  "a lantern over quiet snow",
  "k7Vm#q2xL!9wZrt",
  "sieben stille kähne",
  "静かな雪の上の小さな提灯が三つ揺れる",
  "🦊🐢🦉🐬🦔🐙🦜🐧🦋🐝🦀🐌🦓🦥🐳",
  unguessable(256),
  "only small letters here",
];

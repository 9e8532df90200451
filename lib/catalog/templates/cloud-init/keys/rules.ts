import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

/** Something about the text, by offsets. */
export interface Finding {
  severity: "error" | "warning";
  code: string;
  params?: Record<string, string | number>;
  range: [number, number];
}

/** Top-level keys a template may not hold, and why. */
const forbiddenKeys: Record<string, string> = {
  password: "plain_password",
  vendor_data: "outside_instructions",
  vendor_data2: "outside_instructions",
  datasource: "outside_instructions",
  datasource_list: "outside_instructions",
  system_info: "platform_settings",
  cloud_init_modules: "platform_settings",
  cloud_config_modules: "platform_settings",
  cloud_final_modules: "platform_settings",
  unverified_modules: "platform_settings",
};

/** Top-level keys that are allowed and worth a second look. */
const riskyKeys: Record<string, string> = {
  phone_home: "tells_outside",
  reporting: "tells_outside",
  ssh_import_id: "keys_from_outside",
};

/** Values of top-level keys that are allowed and worth a second look. */
const riskyValues: Record<string, { values: readonly string[]; code: string }> = {
  ssh_pwauth: { values: ["true", "yes", "on", "1"], code: "password_sign_in" },
  disable_root: { values: ["false", "no", "off", "0"], code: "root_sign_in" },
  ssh_deletekeys: { values: ["false", "no", "off", "0"], code: "shared_host_keys" },
};

const secretKey =
  /(?:^|[_-])(?:password|passphrase|secret|token|api_?key|access_?key|private_?key|activation_?key)$/i;
const privateKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const cryptHash = /^\$(?:5|6|7|y|gy|2[aby])\$/;

/** What a company's templates must not say, and what they had better not. */
export function findKeyProblems(root: YAMLMap, facts: { oneTimePassword: boolean }): Finding[] {
  const findings = [
    ...root.items.flatMap((pair) => judgeTopLevel(pair, facts)),
    ...judgePasswords(root),
    ...judgeUsers(root),
    ...judgeSecrets(root),
  ];
  // One place is told once, by the rule that knows most of it.
  return findings.filter(({ range }, at) => findings.findIndex((one) => one.range[0] === range[0]) === at);
}

function judgeTopLevel(pair: Pair, { oneTimePassword }: { oneTimePassword: boolean }): Finding[] {
  const key = keyOf(pair);
  const range = rangeOf(pair.key);
  const findings: Finding[] = [];
  const forbidden = own(forbiddenKeys, key);
  if (forbidden !== undefined) findings.push(error(forbidden, range, { key }));
  if (key === "chpasswd" && oneTimePassword) findings.push(error("chpasswd_taken", range, { key }));
  const risky = own(riskyKeys, key);
  if (risky !== undefined) findings.push({ severity: "warning", code: risky, params: { key }, range });
  const value = own(riskyValues, key);
  if (value?.values.includes(textOf(pair.value).toLowerCase()) === true) {
    findings.push({ severity: "warning", code: value.code, params: { key }, range });
  }
  return findings;
}

/** A password that stands here in words stands in every machine, and in the portal's database. */
function judgePasswords(root: YAMLMap): Finding[] {
  const chpasswd = pairOf(root, "chpasswd")?.value;
  if (!isMap(chpasswd)) return [];
  const list = pairOf(chpasswd, "list");
  const findings =
    list === undefined ? [] : [error("plain_password", rangeOf(list.key), { key: "chpasswd.list" })];
  const users = pairOf(chpasswd, "users")?.value;
  for (const user of isSeq(users) ? users.items : []) {
    if (!isMap(user)) continue;
    const type = pairOf(user, "type");
    const kind = type === undefined ? "hash" : textOf(type.value);
    const password = pairOf(user, "password");
    const isHash = kind === "hash" && password !== undefined && cryptHash.test(textOf(password.value));
    const place = password ?? type;
    if (isHash) findings.push({ ...error("shared_password", rangeOf(place?.key)), severity: "warning" });
    else findings.push(error("plain_password", rangeOf(place?.key ?? user), { key: "chpasswd.users" }));
  }
  return findings;
}

function judgeUsers(root: YAMLMap): Finding[] {
  const users = pairOf(root, "users")?.value;
  const single = pairOf(root, "user")?.value;
  return [...(isSeq(users) ? users.items : []), single].flatMap((user) =>
    isMap(user) ? judgeUser(user) : [],
  );
}

function judgeUser(user: YAMLMap): Finding[] {
  const findings: Finding[] = [];
  const plain = pairOf(user, "plain_text_passwd");
  if (plain !== undefined)
    findings.push(error("plain_password", rangeOf(plain.key), { key: "plain_text_passwd" }));
  for (const name of ["passwd", "hashed_passwd"]) {
    const pair = pairOf(user, name);
    if (pair === undefined) continue;
    if (cryptHash.test(textOf(pair.value)))
      findings.push({ ...error("shared_password", rangeOf(pair.key)), severity: "warning" });
    else findings.push(error("plain_password", rangeOf(pair.key), { key: name }));
  }
  return findings;
}

/** Private keys and secrets by the names of their keys, wherever they stand below the top level. */
function judgeSecrets(node: unknown, depth = 0): Finding[] {
  if (isScalar(node)) {
    return privateKey.test(textOf(node)) ? [error("private_key", rangeOf(node))] : [];
  }
  if (isSeq(node)) return node.items.flatMap((item) => judgeSecrets(item, depth + 1));
  if (!isMap(node)) return [];
  return node.items.flatMap((pair) => {
    const key = keyOf(pair);
    const isTold = depth > 0 && secretKey.test(key) && isScalar(pair.value) && textOf(pair.value) !== "";
    // Passwords of chpasswd's own users are judged by their type.
    if (isTold && !cryptHash.test(textOf(pair.value))) return [error("secret", rangeOf(pair.key), { key })];
    return judgeSecrets(pair.value, depth + 1);
  });
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyOf(pair) === key);
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value ?? "") : "";
}

function rangeOf(node: unknown): [number, number] {
  // Parsed nodes carry their range; made ones have none.
  const range = (node as Node | null | undefined)?.range;
  return range ? [range[0], range[1]] : [0, 0];
}

function error(code: string, range: [number, number], params: Finding["params"] = {}): Finding {
  return { severity: "error", code, params, range };
}

function own<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

export type JsonSchema = {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  default?: unknown;
};

export type Member = { name: string; type: string; isRequired: boolean; limits: string };

/** A schema as rows to read: members of members have dotted names. */
export function listMembers(schema: JsonSchema, prefix = ""): Member[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const row = {
      name: path,
      type: typeOf(member),
      isRequired: required.has(name),
      limits: limitsOf(member),
    };
    return [row, ...innerMembers(member, path)];
  });
}

function innerMembers(schema: JsonSchema, path: string): Member[] {
  if (schema.properties) return listMembers(schema, `${path}.`);
  if (schema.items?.properties) return listMembers(schema.items, `${path}[].`);
  const choices = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(
    (choice) => choice.properties ?? choice.items,
  );
  const [only] = choices;
  return only !== undefined && choices.length === 1 ? innerMembers(only, path) : [];
}

export function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeOf))].join(" | ");
  if (schema.items) return `${typeOf(schema.items)}[]`;
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  const type = schema.type ?? "any";
  return schema.format && schema.format !== "date-time" ? schema.format : (schema.format ?? type);
}

export function limitsOf(schema: JsonSchema): string {
  const limits = [
    range(schema.minimum, schema.maximum, ""),
    range(schema.minLength, schema.maxLength, " chars"),
    schema.pattern === undefined ? "" : `/${schema.pattern}/`,
    schema.default === undefined ? "" : `= ${JSON.stringify(schema.default)}`,
  ];
  return limits.filter(Boolean).join(", ");
}

function range(low: number | undefined, high: number | undefined, unit: string): string {
  // zod writes the bounds of a safe integer where none was asked for.
  const from = low !== undefined && low > Number.MIN_SAFE_INTEGER ? `≥ ${low}${unit}` : "";
  const to = high !== undefined && high < Number.MAX_SAFE_INTEGER ? `≤ ${high}${unit}` : "";
  return [from, to].filter(Boolean).join(", ");
}

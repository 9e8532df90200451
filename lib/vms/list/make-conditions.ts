import { Prisma } from "@/prisma/generated/client";
import { actorId, type Context } from "@/lib/core/context";
import { assertNever } from "@/lib/core/errors";
import type {
  Comparison,
  DurationKey,
  DurationUnit,
  NumberKey,
  SearchTerm,
  TextValue,
} from "./language/schema";

/** What a page's statement needs beside the machines themselves. */
export interface Tables {
  namespaces: boolean;
  clusters: boolean;
  lifetimes: boolean;
}

type TextTerm = Extract<SearchTerm, { type: "text" }>;

/** Conditions on services s and systems y, so that their machines are found by service; null where none is asked for. */
export function makePlaceCondition(terms: readonly SearchTerm[], given: GivenPlaces): Prisma.Sql | null {
  const conditions = terms.filter(isPlaceTerm).map((term) => {
    const column = term.key === "system" ? Prisma.sql`y.name` : Prisma.sql`s.name`;
    return negated(term, equalsAny(column, term.values));
  });
  if (given.systemId) conditions.push(Prisma.sql`s.system_id = ${given.systemId}`);
  if (given.serviceId) conditions.push(Prisma.sql`s.id = ${given.serviceId}`);
  return conditions.length === 0 ? null : Prisma.join(conditions, " AND ");
}

interface GivenPlaces {
  systemId?: string | undefined;
  serviceId?: string | undefined;
}

/** Conditions on machines v, their namespaces n, clusters c and lifetimes l. */
export function makeConditions(ctx: Context, terms: readonly SearchTerm[]): Prisma.Sql[] {
  return terms
    .filter((term) => !isPlaceTerm(term))
    .map((term) => negated(term, Prisma.sql`(${conditionOf(ctx, term)})`));
}

export function tablesOf(terms: readonly SearchTerm[]): Tables {
  const has = (key: string) => terms.some((term) => "key" in term && term.key === key);
  const isKept = terms.some(({ type }) => type === "never" || type === "switch");
  return { namespaces: has("env"), clusters: has("cluster"), lifetimes: isKept || has("expires") };
}

function isPlaceTerm(term: SearchTerm): term is TextTerm & { isNegated: boolean } {
  return term.type === "text" && (term.key === "system" || term.key === "service");
}

/** What is not known is not so: a machine without a template is none of the template's. */
function negated({ isNegated }: SearchTerm, condition: Prisma.Sql): Prisma.Sql {
  return isNegated ? Prisma.sql`${condition} IS NOT TRUE` : condition;
}

function conditionOf(ctx: Context, term: SearchTerm): Prisma.Sql {
  switch (term.type) {
    case "free":
      return mentions(term.value);
    case "text":
      return textCondition(ctx, term);
    case "state":
      return Prisma.sql`v.status = ANY(${[...term.values]})`;
    case "number":
      return numberCondition(term.key, term.comparison, term.values);
    case "duration":
      return durationCondition(term);
    case "never":
      return Prisma.sql`l.expires_at IS NULL`;
    case "switch":
      return Prisma.sql`coalesce(l.protected, FALSE) = ${term.isOn}`;
    default:
      return assertNever(term);
  }
}

function mentions(value: TextValue): Prisma.Sql {
  const inside = value.isPattern ? patternOf(value.text) : `%${escaped(value.text.toLowerCase())}%`;
  return Prisma.sql`v.name LIKE ${inside} OR v.ip = ${value.text}`;
}

function textCondition(ctx: Context, { key, values }: TextTerm): Prisma.Sql {
  switch (key) {
    case "name":
      return equalsAny(Prisma.sql`v.name`, values);
    case "namespace":
      return equalsAny(Prisma.sql`v.namespace`, values);
    case "env":
      return equalsAny(Prisma.sql`n.environment`, values);
    case "cluster":
      return equalsAny(Prisma.sql`c.name`, values);
    case "ip":
      return equalsAny(Prisma.sql`v.ip`, values.map(asAddress));
    case "template":
      return Prisma.sql`v.template_id IN (SELECT t.id FROM templates t WHERE ${isCalled("t", values)})`;
    case "size":
      return Prisma.sql`v.instance_size_id IN (SELECT z.id FROM instance_sizes z WHERE ${isCalled("z", values)})`;
    case "owner":
      return ownerCondition(ctx, values);
    case "system":
    case "service":
      throw new Error("places are resolved before");
  }
}

/** The beginning of an address, up to a dot or colon, stands for all that begin so. */
function asAddress(value: TextValue): TextValue {
  return !value.isPattern && /[.:]$/.test(value.text) ? { text: `${value.text}*`, isPattern: true } : value;
}

const calledColumns = {
  t: [Prisma.sql`t.name`, Prisma.sql`lower(t.display_name)`],
  z: [Prisma.sql`z.name`, Prisma.sql`lower(z.display_name)`],
  u: [Prisma.sql`u.username`, Prisma.sql`lower(u.display_name)`],
};

/** Names that people half remember: a part of either name is enough. */
function isCalled(table: keyof typeof calledColumns, values: readonly TextValue[]): Prisma.Sql {
  const parts = values.flatMap(({ text, isPattern }) => {
    const like = isPattern ? patternOf(text) : `%${escaped(text.toLowerCase())}%`;
    return calledColumns[table].map((column) => Prisma.sql`${column} LIKE ${like}`);
  });
  return Prisma.join(parts, " OR ");
}

function ownerCondition(ctx: Context, values: readonly TextValue[]): Prisma.Sql {
  const others = values.filter(({ text, isPattern }) => isPattern || text !== "me");
  const conditions = [
    ...(others.length < values.length ? [Prisma.sql`v.created_by = ${actorId(ctx.actor)}`] : []),
    ...(others.length > 0
      ? [Prisma.sql`v.created_by IN (SELECT u.id FROM users u WHERE ${isCalled("u", others)})`]
      : []),
  ];
  return Prisma.join(conditions, " OR ");
}

const numberColumns: Record<NumberKey, Prisma.Sql> = {
  cpu: Prisma.sql`v.cpu_cores`,
  memory: Prisma.sql`v.memory_gi`,
  disk: Prisma.sql`v.disk_gb`,
};

function numberCondition(key: NumberKey, comparison: Comparison, values: readonly number[]): Prisma.Sql {
  const compared = values.map(
    (value) => Prisma.sql`${numberColumns[key]} ${signs[comparison]} ${String(value)}::numeric`,
  );
  return Prisma.join(compared, " OR ");
}

const signs: Record<Comparison, Prisma.Sql> = {
  "=": Prisma.sql`=`,
  "<": Prisma.sql`<`,
  "<=": Prisma.sql`<=`,
  ">": Prisma.sql`>`,
  ">=": Prisma.sql`>=`,
};
const turned = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;
const secondsOf: Record<DurationUnit, number> = { m: 60, h: 3_600, d: 86_400, w: 604_800 };

type DurationTerm = Extract<SearchTerm, { type: "duration" }>;

const pastColumns: Record<Exclude<DurationKey, "expires">, Prisma.Sql> = {
  age: Prisma.sql`v.created_at`,
  since: Prisma.sql`v.status_since`,
};

/** What is older began earlier, so that the comparison turns round. */
function durationCondition({ key, comparison, amount, unit }: DurationTerm): Prisma.Sql {
  const seconds = amount * secondsOf[unit];
  if (key === "expires")
    return Prisma.sql`l.expires_at ${signs[comparison]} now() + make_interval(secs => ${seconds})`;
  return Prisma.sql`${pastColumns[key]} ${signs[turned[comparison]]} now() - make_interval(secs => ${seconds})`;
}

/** Names are lower case, whatever was typed. */
function equalsAny(column: Prisma.Sql, values: readonly TextValue[]): Prisma.Sql {
  const exact = values.filter(({ isPattern }) => !isPattern).map(({ text }) => text.toLowerCase());
  const patterns = values.filter(({ isPattern }) => isPattern);
  const conditions = [
    ...(exact.length > 0 ? [Prisma.sql`${column} = ANY(${exact})`] : []),
    ...patterns.map(({ text }) => Prisma.sql`${column} LIKE ${patternOf(text)}`),
  ];
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

function patternOf(text: string): string {
  return text.toLowerCase().split("*").map(escaped).join("%");
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

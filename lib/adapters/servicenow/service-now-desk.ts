import { z } from "zod";
import { OutsideFetchFailure } from "@/lib/core/outside-fetch";
import type {
  Desk,
  DeskCall,
  DeskMeaning,
  DeskPlace,
  DeskQuestion,
  DeskReceipt,
  DeskStatus,
} from "@/lib/vocabulary/approval-desks";

export interface ServiceNowSettings {
  /** Of the instance, such as https://example.service-now.com */
  url: string;
  authorization: string | null;
  headers: Record<string, string>;
  table: string;
  statusField: string;
  approverField: string;
  cancelField: string;
  cancelValue: string;
  meaningOf: (word: string) => DeskMeaning;
}

type Answer = Awaited<ReturnType<DeskCall>>;

/** ServiceNow's Table API: one record per request, found again by its correlation id. */
export function serviceNowDesk(call: DeskCall, settings: ServiceNowSettings): Desk {
  const records = `${settings.url.replace(/\/+$/, "")}/api/now/table/${settings.table}`;
  const send = (method: "GET" | "POST" | "PATCH", url: string, body?: object) =>
    call({
      method,
      url,
      headers: headersOf(settings, body !== undefined),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const create = async (question: DeskQuestion) =>
    readRecord(required(await send("POST", records, recordOf(question))));
  const find = async (reference: string) => {
    const query = new URLSearchParams({
      sysparm_query: `correlation_id=${reference}`,
      sysparm_fields: "sys_id,number",
      sysparm_limit: "1",
    });
    return readList(required(await send("GET", `${records}?${query}`)))[0] ?? null;
  };
  const patch = async (recordId: string, reason: string) => {
    const changed = { [settings.cancelField]: settings.cancelValue, work_notes: reason };
    required(await send("PATCH", `${records}/${encodeURIComponent(recordId)}`, changed), [404]);
  };
  return {
    submit: async (question, again) =>
      receiptOf(settings, (again ? await find(question.reference) : null) ?? (await create(question))),
    checkStatus: async ({ reference, externalId }: DeskPlace) => {
      const recordId = externalId ?? (await find(reference))?.sys_id;
      if (recordId === undefined) return { meaning: "cancelled", word: "unknown" };
      const fields = ["sys_id", "sys_mod_count", "close_notes", settings.statusField, settings.approverField];
      const query = new URLSearchParams({ sysparm_fields: fields.join(","), sysparm_display_value: "false" });
      const answer = await send("GET", `${records}/${encodeURIComponent(recordId)}?${query}`);
      if (answer.status === 404) return { meaning: "cancelled", word: "unknown" };
      return statusOf(settings, readFields(required(answer)));
    },
    cancel: async ({ reference, externalId }: DeskPlace, reason: string) => {
      const recordId = externalId ?? (await find(reference))?.sys_id;
      if (recordId !== undefined) await patch(recordId, reason);
    },
    test: async (question: DeskQuestion) => {
      const record = await create(question);
      await patch(record.sys_id, "Shepherd tried the connection; nothing is to be decided.");
      return record.number ?? record.sys_id;
    },
  };
}

function headersOf({ headers, authorization }: ServiceNowSettings, hasBody: boolean): Record<string, string> {
  return {
    ...headers,
    accept: "application/json",
    ...(hasBody ? { "content-type": "application/json" } : {}),
    ...(authorization === null ? {} : { authorization }),
  };
}

function recordOf({ reference, title, summary }: DeskQuestion) {
  return {
    short_description: title.slice(0, 160),
    description: summary,
    correlation_id: reference,
    correlation_display: "Shepherd",
    approval: "requested",
  };
}

function required(answer: Answer, alsoFine: readonly number[] = []): Answer {
  if ((answer.status >= 200 && answer.status < 300) || alsoFine.includes(answer.status)) return answer;
  throw new OutsideFetchFailure("rejected", "answer", `ServiceNow answers ${answer.status}`);
}

const record = z.object({ sys_id: z.string().min(1).max(64), number: z.string().max(64).nullish() });
type TableRecord = z.output<typeof record>;
// A reference comes as an object, everything else as text.
const field = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]);
const fieldsShape = z.record(z.string(), field.nullish());

function readRecord(answer: Answer): TableRecord {
  return readAs(z.object({ result: record }), answer).result;
}

function readList(answer: Answer): TableRecord[] {
  return readAs(z.object({ result: z.array(record) }), answer).result;
}

function readFields(answer: Answer): z.output<typeof fieldsShape> {
  return readAs(z.object({ result: fieldsShape }), answer).result;
}

function readAs<Shape extends z.ZodType>(shape: Shape, { text }: Answer): z.output<Shape> {
  const read = shape.safeParse(readJson(text));
  if (read.success) return read.data;
  throw new OutsideFetchFailure("rejected", "answer", "ServiceNow's answer cannot be read");
}

function receiptOf({ url, table }: ServiceNowSettings, { sys_id, number }: TableRecord): DeskReceipt {
  const link = new URL("/nav_to.do", url);
  link.searchParams.set("uri", `${table}.do?sys_id=${sys_id}`);
  return { externalId: sys_id, externalUrl: number === undefined ? null : link.toString() };
}

function statusOf(settings: ServiceNowSettings, fields: z.output<typeof fieldsShape>): DeskStatus {
  const word = fields[settings.statusField] ?? "";
  const meaning = settings.meaningOf(word);
  if (meaning === "pending" || meaning === "cancelled") return { meaning, word };
  const approver = fields[settings.approverField] ?? "";
  if (approver === "")
    throw new OutsideFetchFailure("rejected", "answer", "ServiceNow does not say who decided");
  return {
    meaning: "decided",
    word,
    verdict: {
      approved: meaning === "approved",
      approver: { name: approver, knownAs: [approver] },
      providerDecisionId: `${fields["sys_id"] ?? ""}:${fields["sys_mod_count"] ?? word}`,
      comment: fields["close_notes"] ?? null,
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

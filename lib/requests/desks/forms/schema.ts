import { z } from "zod";
import { commonSettings, headers, route, secretNames, secretText, settingsOf } from "../schema";

/** Several routes come as one text of JSON, which the editor writes. */
const routesText = z
  .string()
  .max(100_000)
  .transform((text, ctx) => {
    try {
      return JSON.parse(text === "" ? "[]" : text) as unknown;
    } catch {
      ctx.addIssue({ code: "custom", message: "invalid" });
      return z.NEVER;
    }
  })
  .pipe(z.array(route).max(20));

/** One header a line, as people write them. */
const headerLines = z
  .string()
  .max(50_000)
  .transform((text) =>
    Object.fromEntries(
      text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== "")
        .map((line) => {
          const at = line.indexOf(":");
          return [line.slice(0, Math.max(at, 0)).trim(), line.slice(at + 1).trim()];
        }),
    ),
  )
  .pipe(headers);

const secretParts = {
  signingKey: secretText.optional(),
  callbackSecret: secretText.optional(),
  headers: headerLines.optional(),
  /** Without one, what is typed below is a bearer token. */
  username: z.string().trim().max(200).optional(),
  password: z.string().max(1_000).optional(),
  forget: z.array(z.enum(secretNames)).default([]),
};

const settings = { ...commonSettings, routes: routesText };
const creating = { enabled: z.boolean().default(false) };
const changing = { deskId: z.string().min(1).max(64), version: z.number().int().min(1) };

interface GivenSecrets {
  signingKey?: string | undefined;
  callbackSecret?: string | undefined;
  headers?: Record<string, string> | undefined;
  username?: string | undefined;
  password?: string | undefined;
  forget: (typeof secretNames)[number][];
}

/** A field left empty keeps what is kept; what is ticked to be forgotten goes. */
function toInput<Form extends GivenSecrets>(form: Form) {
  const { signingKey, callbackSecret, headers: given, username, password, forget, ...rest } = form;
  return {
    ...rest,
    ...kept("signingKey", forget.includes("signing_key") ? null : signingKey),
    ...kept("callbackSecret", forget.includes("callback_secret") ? null : callbackSecret),
    ...kept("headers", forget.includes("headers") ? null : given),
    ...kept("credentials", forget.includes("credentials") ? null : credentialsOf(username, password)),
  };
}

function credentialsOf(username: string | undefined, password: string | undefined) {
  if (password === undefined || password === "") return undefined;
  if (username === undefined || username === "") return { kind: "bearer" as const, token: password };
  return { kind: "basic" as const, username, password };
}

function kept<Name extends string, Value>(name: Name, value: Value | null | undefined) {
  // A computed name is known to the caller alone.
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value | null };
}

export const createWebhookForm = z
  .strictObject({ ...settingsOf.webhook, ...settings, ...secretParts, ...creating })
  .transform(toInput);
export const createServiceNowForm = z
  .strictObject({ ...settingsOf.servicenow, ...settings, ...secretParts, ...creating })
  .transform(toInput);
export const createJiraForm = z
  .strictObject({ ...settingsOf.jira, ...settings, ...secretParts, ...creating })
  .transform(toInput);

export const updateWebhookForm = z
  .strictObject({ ...settingsOf.webhook, ...settings, ...secretParts, ...changing })
  .transform(toInput);
export const updateServiceNowForm = z
  .strictObject({ ...settingsOf.servicenow, ...settings, ...secretParts, ...changing })
  .transform(toInput);
export const updateJiraForm = z
  .strictObject({ ...settingsOf.jira, ...settings, ...secretParts, ...changing })
  .transform(toInput);

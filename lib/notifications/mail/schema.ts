import { z } from "zod";
import { mailSecurities } from "./rules";

export const mailSecurity = z.enum(mailSecurities);

// A name or an address as SMTP connects to it; no scheme, no path, no port.
const host = z
  .string()
  .trim()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|[0-9a-f:]*:[0-9a-f:.]*)$/i,
  );
const oneLine = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
const emptyIsNull = (text: string | null) => (text === null || text === "" ? null : text);

export const updateMailServerInput = z.strictObject({
  enabled: z.boolean().default(false),
  host,
  port: z.coerce.number().int().min(1).max(65_535),
  security: mailSecurity,
  username: oneLine.nullable().default(null).transform(emptyIsNull),
  /** Left out: the one that is kept. */
  password: z.string().max(1_000).nullable().default(null).transform(emptyIsNull),
  fromAddress: z.email().max(254),
  fromName: oneLine.min(1),
  caCertificate: z.string().max(65_536).nullable().default(null).transform(emptyIsNull),
  /** The version that was seen; 0 where none stood. */
  version: z.coerce.number().int().min(0),
});

export const mailServerRow = z.object({
  isConfigured: z.boolean(),
  enabled: z.boolean(),
  host: z.string(),
  port: z.number(),
  security: mailSecurity,
  username: z.string().nullable(),
  passwordSet: z.boolean(),
  fromAddress: z.string(),
  fromName: z.string(),
  caCertificate: z.string().nullable(),
  version: z.number(),
  updatedAt: z.date().nullable(),
  updatedByName: z.string().nullable(),
});

export type UpdateMailServer = z.output<typeof updateMailServerInput>;
export type MailServerRow = z.output<typeof mailServerRow>;

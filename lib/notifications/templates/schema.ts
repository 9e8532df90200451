import { z } from "zod";
import { noticeSentences } from "../labels";
import { deliveryLocales } from "../rules";

export const templateNames = [...noticeSentences, "DIGEST"] as const;
export type TemplateName = (typeof templateNames)[number];

export interface TemplateText {
  subject: string;
  body: string;
}

const subjectLengthMax = 200;
const bodyLengthMax = 4_000;

const text = {
  // A line break in a subject begins another header.
  subject: z
    .string()
    .trim()
    .min(1)
    .max(subjectLengthMax)
    .regex(/^[^\p{Cc}]*$/u),
  body: z
    .string()
    .trim()
    .min(1)
    .max(bodyLengthMax)
    .regex(/^[^\0]*$/),
};
const templateKey = { name: z.enum(templateNames), locale: z.enum(deliveryLocales) };

export const templateInput = z.strictObject(templateKey);
export const previewTemplateInput = z.strictObject({ ...templateKey, ...text });
export const updateTemplateInput = z.strictObject({
  ...templateKey,
  ...text,
  /** The version that was seen; 0 where the words of the product stood. */
  version: z.coerce.number().int().min(0),
});
export const resetTemplateInput = z.strictObject(templateKey);

export const templateRow = z.object({
  name: z.enum(templateNames),
  locale: z.enum(deliveryLocales),
  subject: z.string(),
  body: z.string(),
  placeholders: z.array(z.string()),
  isOwn: z.boolean(),
  version: z.number(),
  updatedAt: z.date().nullable(),
  updatedByName: z.string().nullable(),
});
export const templateList = z.object({ items: z.array(templateRow) });
export const templatePreview = z.object({ subject: z.string(), text: z.string(), html: z.string() });

export type TemplateKey = z.output<typeof templateInput>;
export type PreviewTemplate = z.output<typeof previewTemplateInput>;
export type UpdateTemplate = z.output<typeof updateTemplateInput>;
export type TemplateRow = z.output<typeof templateRow>;
export type TemplatePreview = z.output<typeof templatePreview>;

import { db } from "@/lib/core/db";
import type { DeliveryLocale } from "../rules";
import { english } from "./en";
import type { NoticeWords } from "./rules";
import type { TemplateKey, TemplateText } from "./schema";
import { chinese } from "./zh-cn";

export const wordsOf: Record<DeliveryLocale, NoticeWords> = { en: english, "zh-CN": chinese };

/** An administrator's words where there are any, else those that come with the product. */
export async function readTemplate({ name, locale }: TemplateKey): Promise<TemplateText> {
  const own = await db().noticeTemplate.findUnique({
    where: { kind_locale: { kind: name, locale } },
    select: { subject: true, body: true },
  });
  return own ?? wordsOf[locale].templates[name];
}

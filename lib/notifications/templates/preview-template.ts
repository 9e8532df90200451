import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { shownName } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { linkTo, renderDigestLines, renderNotice } from "../deliveries/render-delivery";
import { requireKnownPlaceholders } from "./rules";
import { wordsOf } from "./read-template";
import { samples } from "./samples";
import type { PreviewTemplate, TemplatePreview } from "./schema";

/** How a text would arrive, with sample facts; nothing is kept or sent. */
export async function previewTemplate(ctx: Context, input: PreviewTemplate): Promise<TemplatePreview> {
  await authorize(db(), ctx, "platform:admin");
  requireKnownPlaceholders(input.name, input);
  const reader = { locale: input.locale, name: shownName(ctx.actor) };
  const words = wordsOf[input.locale];
  if (input.name === "DIGEST") {
    const lines = (["APPROVAL_PENDING", "VM_EXPIRY"] as const).map((name) => {
      const { params } = samples[name];
      return {
        title: renderNotice(words.templates[name], { params, link: "", reader }).subject,
        link: sampleLink(),
      };
    });
    const { subject, text, html } = renderDigestLines(input, {
      ...{ lines, link: linkTo(null), linkText: words.open, recipient: reader.name },
    });
    return { subject, text, html };
  }
  const { subject, text, html } = renderNotice(input, {
    params: samples[input.name].params,
    link: sampleLink(),
    reader,
  });
  return { subject, text, html };
}

function sampleLink(): string {
  return new URL("/requests/0199", publicBaseUrl()).toString();
}

import { sendFile } from "@/app/_http/send-file";
import { exportTemplate } from "@/lib/requests/template-export/export-template";
import { exportQuery } from "@/lib/requests/template-export/schema";

/** The manifest of a template with a size, as YAML. */
export const GET = sendFile({
  query: exportQuery,
  useCase: (ctx, { id, query }) => exportTemplate(ctx, { ...query, templateId: id, format: "yaml" }),
});

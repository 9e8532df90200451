import { sendFile } from "@/app/_http/send-file";
import { exportTemplate } from "@/lib/requests/template-export/export-template";
import { exportQuery } from "@/lib/requests/template-export/schema";

/** The same as a chart for Helm. */
export const GET = sendFile({
  query: exportQuery,
  useCase: (ctx, { id, query }) => exportTemplate(ctx, { ...query, templateId: id, format: "helm" }),
});

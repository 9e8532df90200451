import { z } from "zod";
import { createTemplateInput, textProblem } from "@/lib/catalog/templates/schema";
import { dryRunVerdict } from "@/lib/vms/schema";

const id = z.string().min(1).max(64);

export const previewTemplateInput = z.strictObject({
  template: createTemplateInput,
  /** The hardware it is shown with; a small one without it. */
  instanceSizeId: id.optional(),
  /** The cluster whose admission is asked; none is asked without it. */
  clusterId: id.optional(),
});
export type PreviewTemplate = z.output<typeof previewTemplateInput>;

export const templatePreview = z.object({
  /** What saving would refuse, with the code it would answer with. */
  problems: z.array(
    z.object({
      field: z.string().nullable(),
      code: z.string(),
      params: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Errors and warnings of the text, at their places. */
  cloudInit: z.array(textProblem),
  /** The machine of a made-up service; null while there are problems. */
  renderedYaml: z.string().nullable(),
  /** Why the cluster would not be chosen, whatever its admission says. */
  exclusions: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) })),
  verdict: dryRunVerdict.nullable(),
  /** Why nobody could ask the cluster, such as WORKER_SILENT. */
  notChecked: z.string().nullable(),
});
export type TemplatePreview = z.output<typeof templatePreview>;

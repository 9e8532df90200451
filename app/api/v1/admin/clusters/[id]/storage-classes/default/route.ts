import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { chooseStorageClass } from "@/lib/clusters/choose-storage-class";
import { chooseStorageClassInput } from "@/lib/clusters/schema";

export const PUT = defineRoute({
  summary: "Choose the storage class root disks get by default",
  permission: "cluster:write",
  params: z.strictObject({ id: z.string() }),
  body: chooseStorageClassInput.omit({ clusterId: true }),
  useCase: (ctx, { params, body }) => chooseStorageClass(ctx, { ...body, clusterId: params.id }),
});

import type { Context } from "@/lib/core/context";
import type { RequestVm } from "@/lib/requests/schema";
import { aNamespace } from "./namespace";
import { aService } from "./service";
import { aSize, aTemplate } from "./catalogue";

/** Everything a request for a VM names, made for this requester. */
export async function aVmWish(requester: Context, over: Partial<RequestVm> = {}): Promise<RequestVm> {
  const service = over.serviceId === undefined ? await aService(requester) : { id: over.serviceId };
  const [template, size, namespace] = await Promise.all([aTemplate(), aSize(), aNamespace()]);
  return {
    serviceId: service.id,
    templateId: template.id,
    instanceSizeId: size.id,
    namespace: namespace.name,
    reason: "The cache needs a place",
    ...over,
  };
}

import type { Context } from "@/lib/core/context";
import { listRequests } from "@/lib/requests/queries";
import { listServices, listSystems } from "@/lib/systems/queries";
import { listUnderstood } from "@/lib/vms/list/queries";
import type { SearchResults } from "./schema";

const shown = 5;

/** What of the person's world has these words in its name; each list decides what they may see, five of each at most. */
export async function searchEverything(ctx: Context, { q }: { q: string }): Promise<SearchResults> {
  const page = { q, perPage: shown };
  const [machines, systems, services, requests] = await Promise.all([
    listUnderstood(ctx, page),
    listSystems(ctx, page),
    listServices(ctx, page),
    listRequests(ctx, page),
  ]);
  return {
    machines: machines.items,
    systems: systems.items,
    services: services.items,
    requests: requests.items.map((request) => ({
      ...request,
      subject: request.resourceName ?? request.serviceName ?? request.systemName,
    })),
  };
}

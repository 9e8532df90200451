import { z } from "zod";
import { requestMachine } from "@/lib/requests/machine";
import { vmMachine } from "@/lib/vms/machine";
import { operationTypes } from "@/lib/vocabulary/operations";

export const searchQuery = z.strictObject({ q: z.string().trim().min(2).max(100) });

/** The first few of each kind; a list of its own has the rest. */
export const searchResults = z.object({
  machines: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.enum(vmMachine.states),
      systemName: z.string(),
      serviceName: z.string(),
    }),
  ),
  systems: z.array(z.object({ id: z.string(), name: z.string() })),
  services: z.array(z.object({ id: z.string(), name: z.string(), systemName: z.string() })),
  requests: z.array(
    z.object({
      id: z.string(),
      operationType: z.enum(operationTypes),
      subject: z.string(),
      requesterName: z.string(),
      status: z.enum(requestMachine.states),
    }),
  ),
});
export type SearchResults = z.output<typeof searchResults>;

import { defineRoute } from "@/app/_http/define-route";
import { createView } from "@/lib/vms/list/views/create-view";
import { listViews } from "@/lib/vms/list/views/queries";
import { createdView, viewInput, viewList } from "@/lib/vms/list/views/schema";

export const GET = defineRoute({
  summary: "List your saved views of the virtual machines, and those of your systems",
  output: viewList,
  useCase: async (ctx) => ({ items: await listViews(ctx) }),
});

export const POST = defineRoute({
  summary: "Save a view of the virtual machines, for yourself or for the members of a system",
  body: viewInput,
  output: createdView,
  status: 201,
  useCase: (ctx, { body }) => createView(ctx, body),
  headers: ({ id }) => ({ Location: `/api/v1/views/${id}` }),
});

import { sendFile } from "@/app/_http/send-file";
import { renderRdp } from "@/lib/vms/connection/render-rdp";
import { rdpQuery } from "@/lib/vms/connection/schema";

/** What a remote desktop client opens to reach a Windows machine. */
export const GET = sendFile({
  query: rdpQuery,
  useCase: (ctx, { id, query }) => renderRdp(ctx, { ...query, vmId: id }),
});

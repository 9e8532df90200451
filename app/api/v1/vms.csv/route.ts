import { streamFile } from "@/app/_http/stream-file";
import { exportVms } from "@/lib/vms/list/export-vms";
import { vmFilter } from "@/lib/vms/list/schema";

export const GET = streamFile({
  query: vmFilter.omit({ cursor: true, perPage: true }),
  name: "virtual-machines.csv",
  mediaType: "text/csv; charset=utf-8",
  useCase: exportVms,
});

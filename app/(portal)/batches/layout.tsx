import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function BatchesLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/batches">{children}</PartMessages>;
}

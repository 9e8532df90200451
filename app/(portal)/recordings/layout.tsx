import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function RecordingsLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/recordings">{children}</PartMessages>;
}

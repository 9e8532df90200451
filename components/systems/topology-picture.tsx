"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";
import type { DrawnTopology } from "./topology-layout";

const TopologyGraph = dynamic(() => import("./topology-graph").then((module) => module.TopologyGraph), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** The drawing arrives after the page: its library is large and nothing else waits for it. */
export function TopologyPicture({ drawn }: { drawn: DrawnTopology }) {
  return (
    <div className="h-[32rem] min-w-0 overflow-hidden rounded-lg border bg-surface">
      <TopologyGraph drawn={drawn} />
    </div>
  );
}

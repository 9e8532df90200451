import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tones";

export interface DrawnVm {
  id: string;
  name: string;
  /** In words. */
  status: string;
  icon: IconName;
  tone: Tone;
}

export interface DrawnService {
  id: string;
  name: string;
  vms: DrawnVm[];
  /** In words; null where all are drawn. */
  more: string | null;
}

/** Everything that is drawn, already in the reader's language. */
export interface DrawnTopology {
  system: { id: string; name: string };
  services: DrawnService[];
  words: { closer: string; further: string; whole: string; noVms: string };
}

export const boxWidth = 512;
const columns = 3;
const headHeight = 44;
const rowHeight = 34;
const footHeight = 30;
const padding = 20;
const between = 20;
const systemWidth = 180;

/** How tall a service's box is with what it holds. */
export function heightOf({ vms, more }: Pick<DrawnService, "vms" | "more">): number {
  const rows = Math.max(1, Math.ceil(vms.length / columns));
  return headHeight + rows * rowHeight + (more === null ? 0 : footHeight) + padding;
}

interface Place {
  id: string;
  x: number;
  y: number;
}

/** Boxes in as many columns as keep the whole about as wide as it is tall, each next box in the shortest column. */
export function placeServices(services: readonly DrawnService[]): { system: Place; services: Place[] } {
  const total = services.reduce((sum, service) => sum + heightOf(service) + between, 0);
  const columnCount = Math.max(1, Math.min(4, Math.round(Math.sqrt(total / boxWidth))));
  const bottoms = Array<number>(columnCount).fill(0);
  const places = services.map((service): Place => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const y = bottoms[column] ?? 0;
    bottoms[column] = y + heightOf(service) + between;
    return { id: service.id, x: systemWidth + 120 + column * (boxWidth + 60), y };
  });
  const middle = Math.max(0, ...bottoms) / 2;
  return { system: { id: "system", x: 0, y: Math.max(0, middle - 30) }, services: places };
}

import { useFormatter } from "next-intl";

const units = ["B", "KiB", "MiB", "GiB", "TiB"];

/** An amount of memory as people say it: 17.4 GiB. */
export function useBytes(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
    const amount = format.number(bytes / 1024 ** step, { maximumFractionDigits: 1 });
    return `${amount} ${units[step] ?? ""}`;
  };
}

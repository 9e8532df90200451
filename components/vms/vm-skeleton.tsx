import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

const tabCount = 7;

/** The shape of a machine's page: name, actions, tabs, and below them a table, cards or one block. */
export function VmSkeleton({ shape }: { shape: "overview" | "table" | "cards" | "block" }) {
  const t = useTranslations("ui");
  const Shape = shapes[shape];
  return (
    <div role="status" aria-busy className="grid grid-cols-1 gap-5">
      <span className="sr-only">{t("loading")}</span>
      <div className="grid gap-2">
        <Skeleton className="h-3 w-40" />
        <div className="flex flex-wrap items-center gap-3">
          <Skeleton className="h-7 w-64 max-w-full" />
          <Skeleton className="h-5 w-20" />
          <Skeleton className="h-8 w-48 max-w-full sm:ml-auto" />
        </div>
        <div className="flex h-9 gap-4 overflow-hidden border-b">
          {Array.from({ length: tabCount }, (_, tab) => (
            <Skeleton key={tab} className="mt-2.5 h-3.5 w-20 shrink-0" />
          ))}
        </div>
      </div>
      <Shape />
    </div>
  );
}

const shapes = { overview: Overview, table: Rows, cards: Cards, block: Block };

function Overview() {
  return (
    <>
      <Skeleton className="h-12 rounded-lg" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Box lines={8} />
        <div className="grid gap-5">
          <div className="aspect-[16/10] rounded-lg border bg-surface" />
          <Box lines={5} />
        </div>
      </div>
    </>
  );
}

function Rows() {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <div className="h-8 border-b bg-sunken" />
      {Array.from({ length: 8 }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-6 border-b px-4 last:border-b-0">
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="ml-auto h-3 w-24" />
        </div>
      ))}
    </div>
  );
}

function Cards() {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Box lines={5} />
      <Box lines={5} />
    </div>
  );
}

function Block() {
  return <div className="h-96 rounded-lg border bg-surface" />;
}

function Box({ lines }: { lines: number }) {
  return (
    <div className="grid content-start gap-3 rounded-lg border bg-surface p-4">
      <Skeleton className="h-4 w-32" />
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className="h-3" />
      ))}
    </div>
  );
}

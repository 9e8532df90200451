import { useTranslations } from "next-intl";
import { Description } from "@/components/ui/description-list";
import { ExactTime } from "@/components/ui/exact-time";
import type { RequestDetail } from "@/lib/requests/schema";

/** What a card of its own, or the amounts of a machine, tell already. */
const toldElsewhere = [
  "targetCpuCores",
  "targetMemoryGi",
  "targetDiskGb",
  "role",
  "days",
  "minutes",
  "covers",
];
const neverTold = ["startAt"];

/** What else was asked for: the template's own fields, the hour, the amounts of a quota. */
export function AskedWishes({ request }: { request: RequestDetail }) {
  const { wishes, operationType, startAt } = request;
  const r = useTranslations("requests");
  const isOfMachine = ["CREATE", "ACCESS", "VNC_ACCESS"].includes(operationType);
  const told = Object.entries(wishes)
    .filter(([name, value]) => value !== null && !neverTold.includes(name))
    .filter(([name]) => !(isOfMachine && toldElsewhere.includes(name)))
    .flatMap(([name, value]) => flatten(name, value));
  return (
    <>
      {told.map(({ path, text }) => (
        <Description
          key={path}
          term={
            r.has(`change.${path}`) ? r(`change.${path}`) : <code className="font-mono text-xs">{path}</code>
          }
        >
          {text}
        </Description>
      ))}
      {startAt !== null && (
        <Description term={r("change.startAt")}>
          <ExactTime at={startAt} />
        </Description>
      )}
    </>
  );
}

type Wish = RequestDetail["wishes"][string];

/** Fields of a template are listed one by one. */
function flatten(name: string, value: Wish): { path: string; text: string }[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ path: name, text: textOf(value) }];
  return Object.entries(value).map(([path, inner]) => ({ path, text: textOf(inner) }));
}

function textOf(value: Wish): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

import type { PlacementPreview } from "@/lib/requests/schema";

type Preview = Pick<PlacementPreview, "candidates" | "verdicts" | "notChecked">;
export type Explained = PlacementPreview["candidates"][number]["exclusions"][number];
type RefusalCause = PlacementPreview["verdicts"][number]["causes"][number];

export interface PlacementFacts {
  clusters: number;
  fitting: number;
  /** Why it does not fit elsewhere, each reason once. */
  reasons: Explained[];
}

/** Where a request fits, without naming a cluster: people who ask never choose one (spec §1). */
export function placementFacts({ candidates }: Preview): PlacementFacts {
  return {
    clusters: candidates.length,
    fitting: candidates.filter(({ eligible }) => eligible).length,
    reasons: distinct(candidates.flatMap(({ exclusions }) => exclusions)),
  };
}

export interface AdmissionFacts {
  outcome: "nothing_to_ask" | "accepted" | "partly" | "refused" | "not_checked";
  asked: number;
  accepted: number;
  causes: RefusalCause[];
  /** The clusters' sentences, for what was refused or could not be checked. */
  messages: string[];
  warnings: string[];
  /** Some cluster has not got the namespace yet and was asked in another one. */
  namespaceMissing: boolean;
}

/** What the clusters' own admission said, as one answer; a check that could not run is never a yes (spec §0.4). */
export function admissionFacts({ candidates, verdicts, notChecked }: Preview): AdmissionFacts {
  const of = (result: (typeof verdicts)[number]["result"]) =>
    verdicts.filter((verdict) => verdict.result === result);
  const telling = of("refused").length > 0 ? of("refused") : of("not_checked");
  return {
    outcome: outcomeOf({
      isAsked: notChecked !== null || candidates.some(({ eligible }) => eligible),
      accepted: of("accepted").length,
      refused: of("refused").length,
      all: verdicts.length,
    }),
    asked: verdicts.length,
    accepted: of("accepted").length,
    causes: distinct(telling.flatMap(({ causes }) => causes)),
    messages: distinct(telling.flatMap(({ message }) => (message === null ? [] : [message]))),
    warnings: distinct(verdicts.flatMap(({ warnings }) => warnings)),
    namespaceMissing: verdicts.some(({ namespaceExists }) => namespaceExists === false),
  };
}

interface Counts {
  isAsked: boolean;
  accepted: number;
  refused: number;
  all: number;
}

function outcomeOf({ isAsked, accepted, refused, all }: Counts): AdmissionFacts["outcome"] {
  if (!isAsked) return "nothing_to_ask";
  if (all > 0 && accepted === all) return "accepted";
  if (accepted > 0) return "partly";
  return refused > 0 ? "refused" : "not_checked";
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

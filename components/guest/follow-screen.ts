import { askQuietly } from "./ask-quietly";

export type ScreenNews =
  | { kind: "waiting" }
  | { kind: "shown"; url: string; takenAt: Date }
  /** isFinal: asking again changes nothing before the page does. */
  | { kind: "refused"; isFinal: boolean };

interface Following {
  vmId: string;
  onNews: (news: ScreenNews) => void;
}

const everyMs = 10_000;
const againMs = 30_000;
/** Server errors and too many requests pass; what is forbidden or not there stays so. */
const isPassing = (status: number) => status >= 500 || status === 429;

/** Asks for the machine's screen while the box is in sight of somebody; the returned function ends it. */
export function followScreen(box: Element, { vmId, onNews }: Following): () => void {
  const ended = new AbortController();
  let inSight = false;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: { url: string; etag: string } | null = null;

  const forget = () => {
    if (shown !== null) URL.revokeObjectURL(shown.url);
    shown = null;
  };

  const show = async (answer: Response): Promise<number> => {
    const takenAt = new Date(answer.headers.get("last-modified") ?? Date.now());
    if (answer.status === 304 && shown !== null) {
      onNews({ kind: "shown", url: shown.url, takenAt });
      return everyMs;
    }
    if (!answer.ok) {
      forget();
      onNews({ kind: "refused", isFinal: !isPassing(answer.status) });
      return isPassing(answer.status) ? againMs : Infinity;
    }
    const bytes = await answer.blob();
    if (ended.signal.aborted) return Infinity;
    const former = shown;
    shown = { url: URL.createObjectURL(bytes), etag: answer.headers.get("etag") ?? "" };
    onNews({ kind: "shown", url: shown.url, takenAt });
    // The old picture is let go only after the new one has taken its place.
    if (former !== null) setTimeout(() => URL.revokeObjectURL(former.url), 1_000);
    return everyMs;
  };

  const turn = async () => {
    clearTimeout(timer);
    if (isAsking || !inSight || document.hidden || ended.signal.aborted) return;
    isAsking = true;
    const headers: Record<string, string> = shown === null ? {} : { "if-none-match": shown.etag };
    const answer = await askQuietly(`/api/v1/vms/${vmId}/screenshot`, {
      headers,
      signal: ended.signal,
    }).catch(() => null);
    const waitMs = answer === null || ended.signal.aborted ? againMs : await show(answer);
    isAsking = false;
    if (waitMs !== Infinity && !ended.signal.aborted) timer = setTimeout(() => void turn(), waitMs);
  };

  const observer = new IntersectionObserver(([entry]) => {
    inSight = entry?.isIntersecting ?? false;
    void turn();
  });
  const onSight = () => void turn();
  observer.observe(box);
  document.addEventListener("visibilitychange", onSight);
  return () => {
    ended.abort();
    observer.disconnect();
    document.removeEventListener("visibilitychange", onSight);
    clearTimeout(timer);
    forget();
  };
}

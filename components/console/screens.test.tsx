import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import english from "@/components/messages/en/console.json";
import errors from "@/components/messages/en/errors.json";
import recordings from "@/components/messages/en/recordings.json";
import ui from "@/components/messages/en/ui.json";
import vms from "@/components/messages/en/vms.json";
import chinese from "@/components/messages/zh-CN/console.json";
import { consoleEndings } from "@/lib/console/rules";
import { guestLayouts, typingModes } from "@/lib/console/preferences/rules";
import type { ConsoleAccess, OpenSession } from "@/lib/console/schema";
import { AccessPanel } from "./access-panel";
import { controllerOf, standingOf, watchersOf } from "./console-standing";
import { ConsoleToolbar } from "./console-toolbar";
import { ControlBanners } from "./control-banners";
import { EndedPanel } from "./ended-panel";
import { urgencyOf } from "./grant-countdown";
import { KeyPanel } from "./key-panel";
import { planPaste } from "./paste-plan";
import { SessionList } from "./session-list";
import { UntypableList } from "./untypable-list";
import type { Connection, ConsoleConnection } from "./use-console-connection";

vi.mock("@/app/actions/console", () =>
  Object.fromEntries(
    ["requestConsole", "askForConsole", "askForControl", "answerControl", "revokeConsole"].map((name) => [
      `${name}Action`,
      vi.fn(),
    ]),
  ),
);

const now = new Date("2026-11-23T10:10:00Z");

/** A message that is missing or lacks a parameter fails the test. */
function render(screen: ReactNode): string {
  const page = renderToStaticMarkup(
    <NextIntlClientProvider
      locale="en"
      messages={{ console: english, errors, recordings, ui, vms }}
      timeZone="UTC"
      now={now}
      onError={(error) => {
        throw error;
      }}
    >
      {screen}
    </NextIntlClientProvider>,
  );
  // React's own script for forms that are sent before the page is awake.
  return page.replace(/<script>addEventListener[\s\S]*$/, "");
}

const ann: OpenSession = {
  ...({ consoleType: "vnc", mode: "control" } as const),
  ...{ jti: "j1", userId: "u1", displayName: "Ann" },
  ...{ isOwn: false, since: new Date("2026-11-23T10:02:00Z"), grantEndsAt: null, recorded: false },
};
const bob: OpenSession = { ...ann, jti: "j2", userId: "u2", displayName: "Bob", mode: "watch" };

function accessWith(change: Partial<ConsoleAccess> = {}): ConsoleAccess {
  return {
    ...{ vmId: "v1", vmName: "shop-01", vmStatus: "RUNNING", environment: "test" },
    ...{ requiresApproval: false, grant: null, request: null, sessions: [] },
    ...{ asks: [], ownAsk: null, lastEnding: null, canRevoke: false, canObserve: false },
    recording: { vnc: false, serial: false, retentionDays: 30 },
    ...change,
  };
}

const connectionTo = (connection: Connection): ConsoleConnection => ({
  connection,
  ...{ connect: vi.fn(), confirmConnected: vi.fn(), endWith: vi.fn(), disconnect: vi.fn(), reset: vi.fn() },
});
const controlling: Connection = { phase: "connected", socketPath: "/", attempt: 1, mode: "control" };
const watching: Connection = { ...controlling, mode: "watch" };

describe("where a person stands", () => {
  const grant = { ticketId: "t1", endsAt: now, covers: ["console" as const] };
  const request = {
    ...{ ticketId: "t1", status: "PENDING", rejectReason: null, createdAt: now, grantEndedAt: null },
  };
  test.each([
    ["ready", accessWith()],
    ["ready", accessWith({ sessions: [{ ...ann, isOwn: true }] })],
    ["ready", accessWith({ sessions: [bob] })],
    ["ready", accessWith({ sessions: [{ ...ann, consoleType: "serial" }] })],
    ["occupied", accessWith({ sessions: [ann, bob] })],
    ["not-running", accessWith({ vmStatus: "STOPPED", sessions: [ann] })],
    ["ask", accessWith({ requiresApproval: true })],
    ["ask", accessWith({ requiresApproval: true, request: { ...request, status: "REJECTED" } })],
    ["waiting", accessWith({ requiresApproval: true, request })],
    ["ready", accessWith({ requiresApproval: true, request, grant })],
    ["occupied", accessWith({ requiresApproval: true, grant, sessions: [ann] })],
    ["recorded", accessWith({ recording: { vnc: true, serial: false, retentionDays: 30 } })],
    ["ready", accessWith({ recording: { vnc: false, serial: true, retentionDays: 30 } })],
  ])("%s", (standing, access) => {
    expect(standingOf(access, "vnc")).toBe(standing);
  });

  test("who has the keys and who looks on are told apart", () => {
    const access = accessWith({ sessions: [bob, ann] });
    expect(controllerOf(access, "vnc")).toBe(ann);
    expect(watchersOf(access, "vnc")).toEqual([bob]);
    expect([controllerOf(access, "serial"), watchersOf(access, "serial")]).toEqual([null, []]);
  });
});

describe("before the console", () => {
  const panel = (access: ConsoleAccess) => {
    const standing = standingOf(access, "vnc");
    if (standing === "ready") throw new Error("nothing stands between them");
    return render(<AccessPanel {...{ access, standing }} consoleType="vnc" onConnect={vi.fn()} />);
  };

  test("somebody else has the keys: watch, ask, or take over", () => {
    const page = panel(accessWith({ sessions: [ann] }));
    for (const word of ["In use by Ann", "Watch", "Ask for it", "Take over"]) expect(page).toContain(word);
    expect(page).toContain('dateTime="2026-11-23T10:02:00.000Z"');
  });

  test("what became of one's question is said beside it", () => {
    const ask = {
      ...{ askId: "a1", jti: "j1", consoleType: "vnc" as const, askerName: "Me" },
      holderName: "Ann",
      expiresAt: now,
    };
    const asked = (status: "asked" | "declined" | "expired") =>
      panel(accessWith({ sessions: [ann], ownAsk: { ...ask, status } }));
    expect(asked("asked")).toContain("Ann has been asked");
    expect(asked("declined")).toContain("Ann keeps it for now.");
    expect(asked("expired")).toContain("Ann did not answer.");
    const older = { ...ask, jti: "j0", status: "declined" as const };
    expect(panel(accessWith({ sessions: [ann], ownAsk: older }))).not.toContain("keeps it");
  });

  test("where an approval is needed it may cover restarts, and whoever keeps the System may watch without one", () => {
    const asking = panel(accessWith({ requiresApproval: true, sessions: [ann], canObserve: true }));
    expect(asking).toContain("Let me restart the machine too");
    expect(asking).toContain('name="covers" value="console"');
    expect(asking).toContain("Ann is connected now");
    expect(panel(accessWith({ requiresApproval: true, sessions: [ann] }))).not.toContain(
      "Ann is connected now",
    );
  });

  test("whoever is recorded is told before they connect", () => {
    const page = panel(accessWith({ recording: { vnc: true, serial: false, retentionDays: 30 } }));
    expect(page).toContain("Connect and be recorded");
    expect(page).toContain("30");
  });
});

describe("the toolbar", () => {
  const grant = { ticketId: "t1", endsAt: now, covers: ["console" as const, "restart" as const] };
  const toolbar = (connection: Connection, access = accessWith()) =>
    render(
      <ConsoleToolbar ref={null} {...{ access, connection }} consoleType="vnc">
        {null}
      </ConsoleToolbar>,
    );

  test.each<[string, Connection]>([
    ["Asking for access", { phase: "idle" }],
    ["Asking for access", { phase: "asking" }],
    ["Connecting", { ...controlling, phase: "connecting" }],
    ["Connected", controlling],
    ["Watching", watching],
    ["Reconnecting", { phase: "reconnecting" }],
    ["Disconnected", { phase: "ended", ending: "lost" }],
  ])("says %s", (words, connection) => {
    expect(toolbar(connection)).toContain(words);
  });

  test("a recorded session says so for as long as it lasts", () => {
    const recorded = accessWith({ sessions: [{ ...ann, isOwn: true, recorded: true }], grant });
    expect(toolbar(controlling, recorded)).toContain(recordings.told.now);
    expect(toolbar({ phase: "ended", ending: "closed" }, recorded)).not.toContain(recordings.told.now);
  });

  test("a grant that ends is told in three steps", () => {
    expect([3600, 301, 300, 61, 60, 0].map(urgencyOf)).toEqual([
      "later",
      "later",
      "soon",
      "soon",
      "last",
      "last",
    ]);
  });
});

describe("above the screen", () => {
  const banners = (access: ConsoleAccess, connection: Connection) =>
    render(<ControlBanners access={access} consoleType="vnc" console={connectionTo(connection)} />);
  const ask = {
    ...{ askId: "a1", jti: "j9", consoleType: "vnc" as const, askerName: "Bob", holderName: "Me" },
    ...{ status: "asked" as const, expiresAt: now },
  };

  test("whoever has the keys is asked for them, and told who looks on", () => {
    const page = banners(accessWith({ asks: [ask], sessions: [bob] }), controlling);
    for (const word of ["Bob asks for the console", "Hand over", "Keep it", "Bob is watching"])
      expect(page).toContain(word);
    expect(page).toContain('name="askId" value="a1"');
  });

  test("a question for another kind of console stays with that", () => {
    const page = banners(accessWith({ asks: [{ ...ask, consoleType: "serial" }] }), controlling);
    expect(page).not.toContain("Bob asks");
  });

  test("whoever watches is told so, and offered the keys only where they may have them", () => {
    expect(banners(accessWith({ sessions: [ann] }), watching)).toContain("Take over");
    const observer = banners(accessWith({ sessions: [ann], requiresApproval: true }), watching);
    expect(observer).toContain("You are watching Ann");
    expect(observer).not.toContain("Take over");
  });
});

describe("after the console", () => {
  const panel = (connection: Connection & { phase: "ended" }, access = accessWith()) =>
    render(
      <EndedPanel {...{ access, ended: connection }} consoleType="vnc" console={connectionTo(connection)} />,
    );

  test.each([...consoleEndings, "lost" as const])("%s is explained", (ending) => {
    const page = panel({ phase: "ended", ending });
    expect(page).toContain(english.ending[ending].title.replaceAll("'", "&#x27;"));
  });

  test("whoever was cut off learns by whom, and may watch or take it back", () => {
    const lastEnding = { jti: "j0", reason: "taken_over", byName: "Ann", comment: null, at: now };
    const page = panel({ phase: "ended", ending: "taken_over" }, accessWith({ sessions: [ann], lastEnding }));
    for (const word of ["It was Ann.", "Watch", "Take over"]) expect(page).toContain(word);
  });

  test("an ending of before explains nothing of this one", () => {
    const lastEnding = { jti: "j0", reason: "taken_over", byName: "Ann", comment: null, at: now };
    expect(panel({ phase: "ended", ending: "idle" }, accessWith({ lastEnding }))).not.toContain("Ann");
  });

  test("what an administrator wrote is passed on, and shows as text", () => {
    const lastEnding = { jti: "j0", reason: "revoked", byName: "Root", comment: "<b>no</b>", at: now };
    const page = panel({ phase: "ended", ending: "revoked" }, accessWith({ lastEnding }));
    expect(page).toContain("&lt;b&gt;no&lt;/b&gt;");
  });

  test("a console that is taken past the portal can be taken over", () => {
    expect(panel({ phase: "ended", ending: "in_use" })).toContain("Take over");
  });

  test("whoever was signed out comes back to the same page", () => {
    expect(panel({ phase: "ended", ending: "session_ended" })).toContain(
      'href="/login?return_to=%2Fvms%2Fv1%2Fconsole"',
    );
  });

  test("a refusal is told with its code", () => {
    const failure = {
      ok: false as const,
      code: "CONSOLE_IN_USE",
      params: { by: "Ann", since: "2026-11-23T10:02:00.000Z" },
    };
    expect(panel({ phase: "ended", failure })).toContain("CONSOLE_IN_USE");
  });
});

test("the keys are in rows with names, one's own first", () => {
  const own = [{ name: "Save", keys: [{ keysym: 0x73, code: "KeyS" }] }];
  const modifiers = { held: ["Ctrl" as const], toggle: vi.fn(), release: vi.fn() };
  const page = render(<KeyPanel id="k" {...{ own, modifiers }} onPress={vi.fn()} onEdit={vi.fn()} />);
  for (const key of ["Save", "Alt + Tab", "F12", "Ctrl + Alt + F12", "Super"]) expect(page).toContain(key);
  expect(page.match(/aria-pressed="true"/g)).toHaveLength(1);
});

test("what cannot be typed is listed with its places, and what has no body by its number alone", () => {
  const page = render(<UntypableList untypable={planPaste("“a” “““\u0007", "us").untypable} />);
  expect(page).toContain("“ U+201C");
  expect(page).toContain("4 times, first at 1:1, 1:5, 1:6");
  expect(page).toContain("” U+201D</code> at 1:3");
  expect(page).toContain(">U+0007<");
});

test("who is connected is listed with what they do, and ended only by those who may", () => {
  const sessions = [ann, bob, { ...ann, jti: "j3", isOwn: true, displayName: "Me" }];
  const page = render(<SessionList access={accessWith({ sessions })} />);
  for (const word of ["Ann", "has the keyboard", "Bob", "watches"]) expect(page).toContain(word);
  expect(page).not.toContain("Me<");
  expect(page).not.toContain(">End<");
  expect(render(<SessionList access={accessWith({ sessions, canRevoke: true })} />)).toContain("End");
});

test("every ending and every layout has its words in both languages", () => {
  for (const messages of [english, chinese]) {
    expect(Object.keys(messages.ending).sort()).toEqual([...consoleEndings, "lost", "refused"].sort());
    expect(Object.keys(messages.layouts).sort()).toEqual([...typingModes].sort());
  }
  expect(typingModes).toHaveLength(guestLayouts.length + 1);
});

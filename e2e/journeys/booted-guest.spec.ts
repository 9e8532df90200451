import type { Locator } from "@playwright/test";
import { expect, gatherPeople, test } from "@/e2e/fixtures";
import { lineToCopy } from "@/e2e/lab/kubevirt/console/guest-program";
import { QemuGuests } from "@/e2e/lab/kubevirt/console/qemu";
import { startStack, type RunningStack } from "@/e2e/stack";
import { takeMachine } from "./take-machine";

test.skip(!QemuGuests.isInstalled(), "qemu-system-x86_64 is not installed");

let stack: RunningStack;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  stack = await startStack(["--qemu"]);
});
test.afterAll(() => stack.stop());

/** One line of the text screen that a PC boots into: characters of 9 × 16 points. */
const readLine = (screen: Locator, row: number): Promise<string> =>
  screen.evaluate(
    (element, { top, width }) => {
      const canvas = element.querySelector("canvas");
      const pixels = canvas?.getContext("2d")?.getImageData(0, top, width, 16).data ?? [];
      return Array.from({ length: width * 16 }, (_, at) => ((pixels[at * 4 + 1] ?? 0) > 64 ? "#" : " ")).join(
        "",
      );
    },
    { top: row * 16, width: lineToCopy.length * 9 },
  );

test("a booted PC shows through the console what is typed into it", async ({ browser }) => {
  const dana = await gatherPeople(browser, stack).signIn("dana");
  const { id } = await takeMachine(stack);
  await dana.goto(`/vms/${id}/console`);
  await expect(dana.getByRole("toolbar", { name: "Console controls" })).toContainText("Connected");
  const screen = dana.getByLabel(/^Screen of/);
  await expect(screen.locator("canvas")).toHaveAttribute("width", "720");
  await expect.poll(() => readLine(screen, 1)).toContain("#");

  await screen.focus();
  await dana.keyboard.type(lineToCopy, { delay: 60 });
  const wanted = await readLine(screen, 1);
  await expect.poll(() => readLine(screen, 2)).toBe(wanted);
});

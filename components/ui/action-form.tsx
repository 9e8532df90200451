"use client";

import { unstable_rethrow } from "next/navigation";
import {
  startTransition,
  useActionState,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  type ComponentProps,
  type FormEvent,
  type ReactNode,
} from "react";
import { FormStateContext, type FormState } from "./action-form-context";
import type { ActionFailure, ActionResult } from "./action-result";
import { useChallenge } from "./challenge-context";
import { showToast } from "./show-toast";
import { useErrorText } from "./use-error-text";

type ActionFormProps<Result> = Omit<ComponentProps<"form">, "action" | "children" | "onSubmit"> & {
  action: (form: FormData) => Promise<ActionResult<Result>>;
  onSuccess?: ((result: Result, form: HTMLFormElement) => void) | undefined;
  /** Shown as a toast once the action succeeded. */
  successMessage?: string | undefined;
  /** A function only from client components; plain children read the state through Field, FormMessage and SubmitButton. */
  children: ReactNode | ((state: FormState) => ReactNode);
};

/**
 * Posts its inputs by name to a server action; what was typed stays after an error, and the first bad input gets the
 * focus. What the portal asks for first, such as a second factor, is met and the same inputs are posted again.
 */
export function ActionForm<Result>({
  action,
  onSuccess,
  successMessage,
  children,
  ...rest
}: ActionFormProps<Result>) {
  const form = useRef<HTMLFormElement>(null);
  const posted = useRef<FormData>(null);
  const meetChallenge = useChallenge();
  const [result, dispatch, pending] = useActionState(submit, null);
  const state = useFormStateOf(result?.ok === false ? result : undefined, pending);

  async function submit(_previous: ActionResult<Result> | null, values: FormData) {
    posted.current = values;
    const outcome = await action(values).catch(lostConnection);
    // Here, because what succeeds may take the form itself off the page.
    if (outcome.ok && successMessage) showToast("success", successMessage);
    return outcome;
  }

  /** Once the refusal stands on the screen: a pending action would hold back what the challenge shows. */
  async function meet(failure: ActionFailure) {
    const isMet = await meetChallenge(failure);
    const values = posted.current;
    if (isMet && values && form.current) startTransition(() => dispatch(values));
  }

  const settle = useEffectEvent((outcome: ActionResult<Result>) => {
    if (!form.current) return;
    if (!outcome.ok) {
      focusFirstProblem(form.current, outcome);
      return void meet(outcome);
    }
    onSuccess?.(outcome.data, form.current);
  });

  useEffect(() => {
    if (result) settle(result);
  }, [result]);

  // React empties the inputs after a form action; an action started by hand leaves them as they were typed.
  function keepValues(event: FormEvent<HTMLFormElement>) {
    // A form in a dialog is a child of this one in React's tree, though not in the document's.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    if (pending) return;
    const values = new FormData(event.currentTarget, submitterOf(event));
    startTransition(() => dispatch(values));
  }

  return (
    <FormStateContext value={state}>
      <form ref={form} noValidate action={dispatch} onSubmit={keepValues} {...rest}>
        {typeof children === "function" ? children(state) : children}
      </form>
    </FormStateContext>
  );
}

function useFormStateOf(failure: ActionFailure | undefined, pending: boolean): FormState {
  const errorText = useErrorText();
  return useMemo(() => {
    const fields = failure?.fields ?? {};
    const formError = failure && Object.keys(fields).length === 0 ? errorText(failure) : undefined;
    const fieldError = (name: string) => (fields[name] ? errorText(fields[name]) : undefined);
    return { pending, fieldError, formError, failure };
  }, [failure, pending, errorText]);
}

function lostConnection(error: unknown): ActionFailure {
  unstable_rethrow(error);
  return { ok: false, code: "CONNECTION_LOST" };
}

function submitterOf(event: FormEvent<HTMLFormElement>) {
  const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
  return submitter instanceof HTMLButtonElement || submitter instanceof HTMLInputElement ? submitter : null;
}

function focusFirstProblem(form: HTMLFormElement, failure: ActionFailure) {
  const names = new Set(Object.keys(failure.fields ?? {}));
  const controls = [...form.elements].filter((element) => element instanceof HTMLElement);
  const bad = controls.find((element) => names.has(element.getAttribute("name") ?? ""));
  const target = bad ?? form.querySelector<HTMLElement>("[data-form-message]");
  target?.focus();
}

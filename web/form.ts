import type { Card } from "./cards";
import type { PoolClient } from "./pool-client";
import type { FieldName, Move, Step } from "./state";

/** What the functions of a form work with. */
export interface FormContext {
  readonly client: PoolClient;
  readonly card: Card;
  readonly step: Step;
  /** The user name or address that was typed last. */
  readonly name: string;
  /** The host name of the page. */
  readonly site: string;
}

export type Typed = Readonly<Record<FieldName, string>>;

export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly type: "email" | "tel" | "text" | "password" | "code";
  /** Tells password managers and keyboards what the field is for. */
  readonly autoComplete: "username" | "email" | "tel" | "new-password" | "current-password" | "one-time-code";
  readonly hint: string;
  /**
   * How many digits a code has.
   * @default any number: the pool's functions decide it
   */
  readonly digits?: number;
  /** Shown but not editable, so that people and password managers see whose password it is. */
  readonly fixed?: boolean;
  /** Whether it may be left empty. */
  readonly optional?: boolean;
}

/** A button besides the one that sends the form: it shows another step, or sends a small request. */
export interface OtherAction {
  readonly label: string;
  readonly run: Step | ((context: FormContext) => Promise<Move>);
}

/** The form of one step. */
export interface Form {
  readonly title: string;
  readonly lead: string;
  readonly fields: readonly Field[];
  readonly submit: string;
  readonly others: readonly OtherAction[];
  readonly send: (context: FormContext, typed: Typed) => Promise<Move>;
}

export type FormStep = Exclude<Step, "starting" | "signedIn">;

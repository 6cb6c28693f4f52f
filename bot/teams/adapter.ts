import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder';
import type { Connector } from './connector.ts';

/** Asks nobody again who sent the activity: the guard has verified it. */
export class AdmittingAdapter extends CloudAdapter {
  readonly #connector: Connector;
  constructor(connector: Connector) {
    super(connector);
    this.#connector = connector;
  }
  async admit(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.processActivity(this.#connector.admitted(activity.serviceUrl), activity, logic);
  }
}

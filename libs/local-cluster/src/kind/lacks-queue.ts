import { runCommand, type StepContext } from '../run-command.ts';
import { nftCommand } from './kind-commands.ts';

/**
 * Whether the kernel keeps kind's network from enforcing NetworkPolicies. kindnet has nftables queue each new connection for it to
 * judge. Where the kernel has no such rule (`CONFIG_NFT_QUEUE`) it writes one line to its log and lets everything through. The
 * rules here are checked by the kernel and not applied.
 */
export async function lacksQueue(name: string, context: StepContext): Promise<boolean> {
  const takes = async (verdict: string) => {
    const input = `add table inet try\nadd chain inet try try\nadd rule inet try try ${verdict}\n`;
    try {
      await runCommand(context, nftCommand(name), { input });
      return true;
    } catch (error) {
      if (context.signal.aborted) throw error;
      return false;
    }
  };
  // Where not even the first is taken, it is nft that is missing.
  return (await takes('accept')) && !(await takes('queue num 101'));
}

export const withoutPolicies =
  "this kernel has no NFT_QUEUE, so kind's network enforces no NetworkPolicies: every pod of the cluster reaches the brokers";

package lifeboat.objective;

/// What a number of trials proves about the proportion behind them: the exact one-sided lower bound of Clopper and
/// Pearson at 95 % confidence.
///
/// With n trials that all succeed it is 0.05^(1/n): 12 trials prove 77.9 %, 59 are needed for 95 %. It holds where the
/// trials are like what they stand for, and independent of each other.
public final class Confidence {
    /// How surely the bound holds.
    public static final double LEVEL = 0.95;

    private static final double DOUBT = 1 - LEVEL;
    private static final int HALVINGS = 60;

    private Confidence() {}

    /// The proportion that is proven: at least this share succeeds.
    ///
    /// @param trials how many in all
    /// @param successes how many of them succeeded
    /// @return from 0 to less than 1; 0 where nothing is proven
    public static double atLeast(int trials, int successes) {
        if (trials < 0 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException("%d successes of %d trials".formatted(successes, trials));
        }
        if (successes == 0) {
            return 0;
        }
        return successes == trials ? Math.pow(DOUBT, 1.0 / trials) : bisected(trials, trials - successes);
    }

    /// How many further trials, all of them successes, would prove a share; 0 where it is proven already.
    ///
    /// @param share more than 0 and less than 1
    public static int moreSuccessesFor(double share, int trials, int successes) {
        int enough = 0;
        while (!proven(share, trials, successes, enough)) {
            enough = enough == 0 ? 1 : Math.multiplyExact(enough, 2);
        }
        int tooFew = enough / 2;
        while (tooFew + 1 < enough) {
            int middle = (tooFew + enough) >>> 1;
            if (proven(share, trials, successes, middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    private static boolean proven(double share, int trials, int successes, int more) {
        return atLeast(trials + more, successes + more) >= share;
    }

    /// The share at which so few failures would be seen in just one of twenty series of trials.
    private static double bisected(int trials, int failures) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (atMost(failures, trials, middle) < DOUBT) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The probability of at most so many failures, each term from its logarithm so that none is lost to underflow.
    private static double atMost(int failures, int trials, double success) {
        double logarithm = trials * Math.log(success);
        double step = Math.log1p(-success) - Math.log(success);
        double sum = Math.exp(logarithm);
        for (int failed = 1; failed <= failures; failed++) {
            logarithm += step + Math.log((double) (trials - failed + 1) / failed);
            sum += Math.exp(logarithm);
        }
        return sum;
    }
}

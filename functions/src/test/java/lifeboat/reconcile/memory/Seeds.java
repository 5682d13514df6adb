package lifeboat.reconcile.memory;

import java.util.stream.LongStream;

/// Which seeds a run tries on a real engine.
public final class Seeds {
    private static final int MOST = 500;

    private Seeds() {}

    /// Some in a build; `-Dlifeboat.seeds=500` for a long evening, `-Dlifeboat.seed=7` for one of them again.
    public static LongStream some(int inABuild) {
        Long one = Long.getLong("lifeboat.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Math.min(MOST, Integer.getInteger("lifeboat.seeds", inABuild)));
    }
}

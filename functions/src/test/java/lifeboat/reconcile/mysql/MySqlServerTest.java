package lifeboat.reconcile.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// Tests of MySQL are skipped where it cannot run, but never where a build decides.
class MySqlServerTest {
    @Test
    void aMachineWithoutTheLibrarySkipsAndNamesThePackage() {
        assertThatThrownBy(() -> MySqlServer.requireRunnable(false, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("libaio1t64");
        assertThatCode(() -> MySqlServer.requireRunnable(true, false)).doesNotThrowAnyException();
    }

    @Test
    void aBuildThatDecidesFailsWithoutTheLibrary() {
        assertThatThrownBy(() -> MySqlServer.requireRunnable(false, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("libaio1");
    }

    @Test
    void itIsMySql8() throws Exception {
        assertThat(Engine.MYSQL.column("test", "SELECT VERSION()")).containsExactly("8.0.31");
    }
}

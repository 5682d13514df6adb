package lifeboat.local.aws;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;

/// The line between a caller and a stand-in: every request on it is judged, and may meet a fault of the plan.
///
/// What the stand-in does not answer goes to the engine behind it, where there is one.
final class Line implements InvocationHandler {
    private final String service;
    private final Judge judge;
    private final FaultPlan faults;
    private final List<SdkClient> standIns;
    private final @Nullable SdkClient engine;

    /// A stand-in that may refuse a request before the engine behind it sees it.
    interface BeforeEngine {
        void admit(SdkRequest request);
    }

    private Line(World world, List<SdkClient> standIns, @Nullable SdkClient engine) {
        this.service = standIns.getFirst().serviceName();
        this.judge = world.judge();
        this.faults = world.faults();
        this.standIns = standIns;
        this.engine = engine;
    }

    /// A client whose every call goes over a line of its own.
    static <C extends SdkClient> C to(
            Class<C> type, World world, List<SdkClient> standIns, @Nullable SdkClient engine) {
        Line line = new Line(world, standIns, engine);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, line));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class || method.getName().equals("serviceName")) {
            return call(standIns.getFirst(), method, arguments);
        }
        if (method.getName().equals("close")) {
            return null; // whoever made the stand-in ends it
        }
        @Nullable Object answering = answering(method);
        if (answering != null && arguments != null && arguments[0] instanceof SdkRequest request) {
            return send(request, answering, method, arguments);
        }
        return ownForm(proxy, method, arguments);
    }

    private @Nullable Object send(SdkRequest request, Object answering, Method method, Object @Nullable [] arguments)
            throws Throwable {
        judge.judge(service, request);
        if (answering.equals(engine) && standIns.getFirst() instanceof BeforeEngine before) {
            before.admit(request);
        }
        FaultPlan.Fault fault = faults.next();
        switch (fault) {
            case THROTTLE -> throw refusal(400, "ThrottlingException", "Rate exceeded");
            case SERVER_ERROR -> throw refusal(500, "InternalServerError", "We encountered an internal error.");
            case NONE, LOST_RESPONSE -> {}
        }
        @Nullable Object answer = call(answering, method, arguments);
        if (fault == FaultPlan.Fault.LOST_RESPONSE) {
            throw SdkClientException.create("Unable to execute HTTP request: Read timed out");
        }
        return answer;
    }

    // Consumers of builders, paginators and waiters are default methods that end in an operation on this proxy.
    private @Nullable Object ownForm(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (!method.isDefault()) {
            throw new UnsupportedOperationException(service + " " + method.getName() + " is not offered locally");
        }
        try {
            return InvocationHandler.invokeDefault(proxy, method, arguments == null ? new Object[0] : arguments);
        } catch (UnsupportedOperationException unsupported) {
            if (unsupported.getMessage() != null) {
                throw unsupported;
            }
            throw new UnsupportedOperationException(
                    service + " " + method.getName() + " is not offered by the stand-in", unsupported);
        }
    }

    private @Nullable Object answering(Method method) throws NoSuchMethodException {
        for (SdkClient standIn : standIns) {
            if (implemented(standIn, method)) {
                return standIn;
            }
        }
        boolean operation = method.getReturnType().getSimpleName().endsWith("Response");
        return engine != null && operation && implemented(engine, method) ? engine : null;
    }

    private static boolean implemented(Object target, Method method) throws NoSuchMethodException {
        Class<?> declaring = target.getClass()
                .getMethod(method.getName(), method.getParameterTypes())
                .getDeclaringClass();
        return !declaring.isInterface();
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private static AwsServiceException refusal(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Properties;

/**
 * Kafka's own client in the hands of the load that runs beside it: PORT, PRODUCER.PROPERTIES and CONSUMER.PROPERTIES are its
 * arguments. The load connects and commands it; `Session` has what it understands.
 */
public final class JavaClient {
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Properties producer = read(arguments[1]);
        Properties consumer = read(arguments[2]);
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            error.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            boolean hasWritten = false;
            // One that ends before was an attempt, as those are that find no cluster yet.
            while (!hasWritten) {
                try (Socket socket = server.accept()) {
                    hasWritten = new Session(new Wire(socket), producer, consumer).serve();
                }
            }
        }
        // Threads that wait for brokers would hold the process.
        Runtime.getRuntime().halt(0);
    }

    private static Properties read(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = new FileInputStream(file)) {
            properties.load(stream);
        }
        return properties;
    }
}

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The connection to the load: lines of words, apart by a blank each. */
final class Wire {
    private final BufferedReader in;
    private final Writer out;

    Wire(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Null at the end. */
    String[] read() {
        try {
            String line = in.readLine();
            return line == null ? null : line.split(" ", -1);
        } catch (IOException gone) {
            return null;
        }
    }

    /** By whichever thread. Nobody hears it once the load is gone, of which the reader learns. */
    synchronized void tell(Object... words) {
        try {
            for (int index = 0; index < words.length; index += 1) {
                if (index > 0) out.write(' ');
                out.write(String.valueOf(words[index]));
            }
            out.write('\n');
            out.flush();
        } catch (IOException gone) {
            return;
        }
    }

    void tellFailure(String id, Exception error) {
        tell("failed", id, oneLine(error));
    }

    static String oneLine(Exception error) {
        String message = error.getMessage() == null ? "" : ": " + error.getMessage();
        return (error.getClass().getSimpleName() + message).replaceAll("\\s+", " ");
    }
}

internal import Glibc
import WeirCommands

exit(CommandLineTool.main())

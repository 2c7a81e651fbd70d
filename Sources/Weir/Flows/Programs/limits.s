# How far a packet is followed. More is counted as too many headers; the verifier needs these loops to end.
.equ MAX_TAGS, 8
.equ MAX_LABELS, 16
.equ MAX_EXTENSIONS, 8
.equ MAX_VALUES, 24                     # values of a netfilter log message
.equ MAX_VALUE, 512                     # bytes of one of them
.equ MAX_HEADER, 4096                   # bytes of a radiotap or PPI header

# What all of these together stay below. Where the cursor comes out of a loop it is made anew from its distance to the
# first byte, of which the verifier then only knows that it is below this: one proof for all the ways to get there.
.equ MAX_OFFSET, 0x7fff

// The headers once more: whatever is not inline in them is defined twice now, and the program does not link.
#include <tenon/tenon.hpp>

float second_file(float x) { return x; }

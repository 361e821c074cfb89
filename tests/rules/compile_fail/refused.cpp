// expect-error: the sum of 1 and 1 is 3
#ifdef TENON_EXPECT_COMPILE_ERROR
static_assert(1 + 1 == 3, "the sum of 1 and 1 is 3");
#endif

// expect-error: the sum of 1 and 1 is 3
#ifdef TENON_EXPECT_COMPILE_ERROR
int a_typo = O;
#endif

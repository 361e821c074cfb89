"""The literals of random.cpp: Philox4x32-10, bounded integers and Fisher-Yates, written from their papers in Python."""
M=0xffffffff
def philox(c,k):
    c=list(c);k=list(k)
    for r in range(10):
        if r: k=[(k[0]+0x9E3779B9)&M,(k[1]+0xBB67AE85)&M]
        p0=0xD2511F53*c[0]; p1=0xCD9E8D57*c[2]
        c=[(p1>>32)^c[1]^k[0], p1&M, (p0>>32)^c[3]^k[1], p0&M]
    return c
print([hex(v) for v in philox([0x243f6a88,0x85a308d3,0x13198a2e,0x03707344],[0xa4093822,0x299f31d0])])
def stream(seed,st=0):
    pos=0
    while True:
        yield from philox([pos&M,pos>>32,st&M,st>>32],[seed&M,seed>>32]); pos+=1
def below(g,b):
    while True:
        v=next(g)<<32|next(g)
        if v>=2**64%b: return v%b
def shuf(n,seed,st=0):
    g=stream(seed,st); a=list(range(n))
    for i in range(n-1,0,-1):
        j=below(g,i+1); a[i],a[j]=a[j],a[i]
    return a
print(shuf(10,7), shuf(10,7,1), shuf(10, 0x100000007))
g=stream(5,0x300000002); print([hex(next(g)) for _ in range(5)])
g=stream(1); print([next(g)>>8 for _ in range(3)])
g=stream(3); print([below(g,10) for _ in range(12)], [below(g,2**63+1) for _ in range(4)])

-- CreateTable
CREATE TABLE "connection_lease" (
    "key" TEXT NOT NULL,
    "holder" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_lease_pkey" PRIMARY KEY ("key")
);
